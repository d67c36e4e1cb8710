// Reads of the documented rules: the matrix, may, what if; and where a rule stands in Roles.
import { useQuery } from "@tanstack/react-query";
import type { MayAnswer, MayQuestion, RuleAnswer } from "../../generated/types";
import { call } from "../../host";
import { keys } from "../reads/keys";

/** All that is documented of the roles of a connection's vendor. */
export function useRules(connection: string) {
  return useQuery({
    queryKey: keys.rules(connection),
    queryFn: () => call("rules_matrix", { connection }),
  });
}

type Asked = Pick<MayQuestion, "connection" | "actions"> & Partial<MayQuestion>;

/** A whole question: what is left out is not asked. */
export const mayQuestion = (asked: Asked): MayQuestion => ({
  role: null,
  person: null,
  organization: null,
  gives: null,
  ...asked,
});

/** Whether the key of a connection, or somebody of a role, may do things; an answer an action. */
export function useMay(asked: Asked, enabled = true) {
  const question = mayQuestion(asked);
  return useQuery({
    queryKey: keys.may(question),
    queryFn: () => call("may_ask", question),
    enabled,
  });
}

const REFUSALS: ReadonlySet<RuleAnswer> = new Set(["no", "outside_scope", "other_role_only"]);

/** Whether it is documented that it may not be done. What is open may be tried: the server decides. */
export const isRefused = (answer: MayAnswer | undefined): boolean =>
  answer?.answer != null && REFUSALS.has(answer.answer);

/** A cell of the matrix, or with no action a role. */
export type Spot = { role: string; action: string | null };

/** The address of a rule in Roles. */
export function ruleAddress(connection: string, spot: Partial<Spot> = {}): string {
  const named = Object.entries(spot).filter((pair): pair is [string, string] => pair[1] != null);
  const search = new URLSearchParams(named).toString();
  return `#/${connection}/roles${search && `?${search}`}`;
}
