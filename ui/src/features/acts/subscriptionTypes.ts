// The vendor's types of subscription, and their names.
import { useQuery } from "@tanstack/react-query";
import { call } from "../../host";

/** They change seldom; without a network those that were read last are told. */
const FRESH_MS = 600_000;

export const useSubscriptionTypes = (connection: string, enabled = true) =>
  useQuery({
    queryKey: ["acts", connection, "subscription_types"] as const,
    queryFn: () => call("subscription_types", { connection }),
    staleTime: FRESH_MS,
    enabled,
  });

type Named = { names: Record<string, string>; code?: string | null; id?: number };

/** The name in a language, or in another one, or the code, or the id. */
export const typeName = ({ names, code, id }: Named, language: string): string =>
  names[language] ?? names.en ?? Object.values(names)[0] ?? code ?? String(id ?? "");
