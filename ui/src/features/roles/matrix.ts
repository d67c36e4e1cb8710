// What of the matrix is shown: the actions that fit a search, or that differ between two roles.
import type { RuleAction, RuleCell, RuleGroup, RuleRole, RulesMatrix } from "../../generated/types";
import type { RuleWords } from "../../shared/rules/useRuleWords";

export type Pair = readonly [string, string];

export type Shown = {
  /** The roles with their places among the cells. */
  roles: { role: RuleRole; at: number }[];
  groups: RuleGroup[];
  /** How many actions that are. */
  count: number;
};

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();

/** Whether two cells say other things, whatever pages they follow from. */
export function differ(a: RuleCell, b: RuleCell): boolean {
  const said = ({ answer, scopes, limit, rows }: RuleCell) =>
    JSON.stringify(
      answer === "yes" || answer === "yes_within"
        ? [answer, scopes, limit, rows.map(({ note, only_role }) => [note, only_role])]
        : answer,
    );
  return said(a) !== said(b);
}

export function shown(matrix: RulesMatrix, search: string, pair: Pair | null, words: RuleWords): Shown {
  const wanted = plain(search.trim());
  const roles = matrix.roles
    .map((role, at) => ({ role, at }))
    .filter(({ role }) => pair === null || pair.includes(role.id));
  const [a, b] = pair ? pair.map((id) => matrix.roles.findIndex((role) => role.id === id)) : [];
  const fits = ({ action, cells }: RuleAction) => {
    if (!plain(`${words.act(action)} ${action}`).includes(wanted)) return false;
    const [one, other] = [cells[a ?? -1], cells[b ?? -1]];
    return pair === null || (one !== undefined && other !== undefined && differ(one, other));
  };
  const groups = matrix.groups
    .map((group) => ({ ...group, actions: group.actions.filter(fits) }))
    .filter(({ actions }) => actions.length > 0);
  return { roles, groups, count: groups.reduce((sum, { actions }) => sum + actions.length, 0) };
}

/** A role's cell of an action. */
export const cellOf = (action: RuleAction, role: string): RuleCell | undefined =>
  action.cells.find((cell) => cell.role === role);

/** The actions of a role that have one of these answers, in groups. */
export function actionsOf(
  matrix: RulesMatrix,
  role: string,
  has: (cell: RuleCell) => boolean,
): { prefix: string; actions: { action: string; cell: RuleCell }[] }[] {
  const groups = matrix.groups.map(({ prefix, actions }) => ({
    prefix,
    actions: actions.flatMap((own) => {
      const cell = cellOf(own, role);
      return cell && has(cell) ? [{ action: own.action, cell }] : [];
    }),
  }));
  return groups.filter(({ actions }) => actions.length > 0);
}

export const isYes = ({ answer }: RuleCell): boolean => answer === "yes" || answer === "yes_within";
export const isNo = ({ answer }: RuleCell): boolean => answer === "no";
