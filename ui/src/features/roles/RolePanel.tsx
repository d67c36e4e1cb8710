// One role: what it is for, its API value, its people, and what it may and may not do.
import { useTranslation } from "react-i18next";
import type { RulesMatrix } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { SidePanel } from "../../shared/panel/SidePanel";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { CopyButton } from "../../shared/states/CopyButton";
import { actionsOf, isNo, isYes } from "./matrix";
import classes from "./Panels.module.css";
import { Part } from "./Part";
import { Rights } from "./Rights";

type Props = {
  matrix: RulesMatrix;
  role: string;
  onPeople: (role: string) => void;
  onClose: () => void;
};

export function RolePanel({ matrix, role: id, onPeople, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  const role = matrix.roles.find((own) => own.id === id);
  if (!role) return null;
  const unknown = matrix.people_unknown ?? 0;
  const may = actionsOf(matrix, id, isYes);
  const mayNot = actionsOf(matrix, id, isNo);
  return (
    <SidePanel
      label={t("rules.panel")}
      title={role.name}
      sub={
        <p className={classes.sub}>
          <code className="selectable">{role.id}</code>
          <CopyButton value={role.id} name={t("rules.api_value")} />
        </p>
      }
      onClose={onClose}
    >
      <div className={classes.body}>
        <div className={classes.verdict}>
          <p>{t(`rules.purposes.${role.id}`, { defaultValue: role.purpose })}</p>
          <p className={classes.quiet}>{words.source(role.source)}</p>
          {role.same_as && (
            <p className={classes.quiet}>{t("rules.same_as", { role: words.role(role.same_as) })}</p>
          )}
          {role.people !== null && role.people > 0 && (
            <button type="button" className={classes.link} onClick={() => onPeople(role.id)}>
              {t("rules.show_people", { count: role.people, n: format.number(role.people) })}
            </button>
          )}
          {unknown > 0 && (
            <p className={classes.quiet}>
              {t("rules.people_unknown_hint", { count: unknown, n: format.number(unknown) })}
            </p>
          )}
        </div>
        {may.length > 0 && (
          <Part title={t("rules.may")}>
            <Rights groups={may} />
          </Part>
        )}
        {mayNot.length > 0 && (
          <Part title={t("rules.may_not")}>
            <Rights groups={mayNot} />
          </Part>
        )}
        <p className={classes.quiet}>{t("rules.rest")}</p>
      </div>
    </SidePanel>
  );
}
