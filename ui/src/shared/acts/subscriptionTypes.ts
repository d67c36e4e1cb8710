// The vendor's types of subscription, and their names.
import { useQuery } from "@tanstack/react-query";
import { call } from "../../host";
import { queryClient } from "../reads/client";
import { keys } from "../reads/keys";

/** They change seldom; without a network those that were read last are told. */
const FRESH_MS = 600_000;

export const useSubscriptionTypes = (connection: string, enabled = true) =>
  useQuery({
    queryKey: ["acts", connection, "subscription_types"] as const,
    queryFn: async () => {
      const found = await call("subscription_types", { connection });
      // They have names now wherever they are shown.
      queryClient.invalidateQueries({ queryKey: keys.names(connection) });
      return found;
    },
    staleTime: FRESH_MS,
    enabled,
  });

type Named = { names: Record<string, string>; code?: string | null; id?: number };

/** The name in a language, or in another one, or the code, or the id. */
export const typeName = ({ names, code, id }: Named, language: string): string =>
  names[language] ?? names.en ?? Object.values(names)[0] ?? code ?? String(id ?? "");
