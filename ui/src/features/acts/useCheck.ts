// What is wrong with what somebody types, and what would be sent; asked when the hands rest.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Intent } from "../../generated/types";
import { call } from "../../host";
import { checkedWhileTyping } from "./intents";

const REST_MS = 200;

export function useCheck(connection: string, intents: Intent[]) {
  const [rested] = useDebouncedValue(JSON.stringify(checkedWhileTyping(intents)), REST_MS);
  const { data, error } = useQuery({
    // Under what depends on the rules and on the mirror.
    queryKey: ["rules", connection, "check", rested],
    queryFn: () => call("intents_check", { connection, intents: JSON.parse(rested) as Intent[] }),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  return { checked: data ?? null, error };
}
