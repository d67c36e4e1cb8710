// What an import asks of the engine: which acts there are, what stands in the file, what its rows come to.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ActForm, ImportMapping, MayAnswer } from "../../../generated/types";
import { call, chooseSave } from "../../../host";
import { useAct } from "../../../shared/errors/notify";
import { isRefused, useMay } from "../../../shared/rules/rules";
import { announce } from "../../../shared/states/announce";
import { showNotice } from "../../../shared/states/notice";
import { useActs } from "../../acts/reads";
import type { Importing, Picked } from "./importing";

/** So long the hands rest before the rows are looked at again. */
const REST_MS = 250;

/** The acts that rows may become, what the rules say of each, and the first that the key may do. */
export function useImportActs(connection: string) {
  const acts = useActs(connection);
  const actions = [...new Set(acts?.map(({ permission }) => permission))];
  const { data: answers } = useMay({ connection, actions }, acts !== undefined);
  const answerOf = ({ permission }: ActForm) => answers?.find(({ action }) => action === permission);
  const first = acts?.find((own) => !isRefused(answerOf(own))) ?? acts?.[0];
  return { acts, answerOf, first };
}

/** Why nothing at all can be imported with the key of a connection: it may do none of the acts. */
export function useImportAnswer(connection: string): MayAnswer | undefined {
  const { acts, answerOf } = useImportActs(connection);
  const answers = acts?.map(answerOf) ?? [];
  return answers.every(isRefused) ? answers[0] : undefined;
}

/** What stands in a file. */
export function useInspection({ connection }: Importing, kind: string, picked: Picked | null) {
  return useQuery({
    queryKey: ["import", connection, kind, picked?.id ?? null],
    queryFn: () => (picked ? call("import_inspect", { connection, file: picked.file, kind }) : null),
    enabled: picked !== null,
    gcTime: 0,
  });
}

/** What the rows come to; asked when the hands rest, and only if the columns can be meant so. */
export function useImportCheck(mapping: ImportMapping, picked: Picked, isReady: boolean) {
  const { connection, kind, file } = mapping;
  const wanted = JSON.stringify(mapping.columns);
  const [rested] = useDebouncedValue(wanted, REST_MS);
  const isRested = rested === wanted;
  const check = useQuery({
    // Under what depends on the rules and on the mirror.
    queryKey: ["rules", connection, "import", kind, picked.id, file.mark, rested],
    queryFn: () => call("import_map", { ...mapping, columns: JSON.parse(rested) }),
    placeholderData: keepPreviousData,
    enabled: isReady && isRested,
    gcTime: 0,
  });
  return { ...check, isChecking: isReady && (check.isFetching || !isRested) };
}

/** Asks where to write a CSV file, writes it, and says so. */
export function useSaving() {
  const act = useAct();
  return (title: string, name: string, write: (path: string) => Promise<string>) =>
    act(async () => {
      const path = await chooseSave({ name, extension: "csv", title });
      if (path === null) return;
      const done = await write(path);
      showNotice({ tone: "done", title: done, message: path });
      announce(`${done}. ${path}`);
    });
}
