// The connection whose ids have names in a part of the window, and these names.
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { keys } from "../reads/keys";
import { bookOf } from "./names";
import { typeName } from "./subscriptionTypes";

/** The connection that what is shown here is of; null: none, and ids have no names. */
export const NamesOf = createContext<string | null>(null);

const nothing = () => () => undefined;
const none = () => null;

/** Names by id, for the connection around this; null: not known, or not yet. */
export function useNames() {
  const connection = useContext(NamesOf);
  const { language } = useTranslation().i18n;
  const book = useMemo(() => (connection === null ? null : bookOf(connection)), [connection]);
  const known = useSyncExternalStore(book?.follow ?? nothing, book?.known ?? none);
  useQuery({
    queryKey: keys.names(connection ?? ""),
    queryFn: async () => {
      await book?.readAgain();
      return null;
    },
    enabled: book !== null,
  });
  return useMemo(
    () => ({
      person: (id: number) => book?.name("people", id) ?? null,
      organization: (id: number) => book?.name("organizations", id) ?? null,
      subscriptionType: (id: number) => {
        const found = known?.subscription_types.find((own) => own.id === id);
        return found ? typeName(found, language) : null;
      },
    }),
    [book, known, language],
  );
}

export type Names = ReturnType<typeof useNames>;
