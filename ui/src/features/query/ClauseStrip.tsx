// The conditions of a question as small tokens: where each runs, and what a name stands for.
import { UnstyledButton } from "@mantine/core";
import { IconBroadcast, IconDeviceLaptop, IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ClauseNote, Source } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { Hint } from "../../shared/keys/Hint";
import classes from "./ClauseStrip.module.css";

/** More are counted, not shown: the text itself is right above. */
const MOST_TOKENS = 12;
const MOST_NAMES = 3;
const ICONS = { vendor: IconBroadcast, here: IconDeviceLaptop, off: IconEyeOff };

type Props = {
  clauses: readonly ClauseNote[];
  source: Source;
  onShow: (clause: ClauseNote) => void;
};

export function ClauseStrip({ clauses, source, onShow }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  // On the mirror everything runs here, so only what needs words has a token.
  const worth = clauses.filter(({ runs, named }) => source === "live" || runs === "off" || named !== null);
  if (worth.length === 0) return null;
  const left = worth.length - MOST_TOKENS;
  return (
    <ul className={classes.strip} aria-label={t("query.clauses.label")}>
      {worth.slice(0, MOST_TOKENS).map((clause) => (
        <li key={`${clause.from}-${clause.until}`}>
          <Token clause={clause} source={source} onShow={() => onShow(clause)} />
        </li>
      ))}
      {left > 0 && (
        <li className={classes.left}>{t("query.clauses.more", { count: left, n: format.number(left) })}</li>
      )}
    </ul>
  );
}

function Token({ clause, source, onShow }: { clause: ClauseNote; source: Source; onShow: () => void }) {
  const { t } = useTranslation();
  const names = useNames(clause);
  const Icon = ICONS[clause.runs];
  const runs = source === "live" || clause.runs === "off" ? t(`query.runs.${clause.runs}`) : null;
  const hint = [
    runs && t(`query.runs.${clause.runs}_text`),
    clause.names.map(({ id, name }) => `${id} ${name}`).join(", "),
  ];
  return (
    <Hint label={hint.filter(Boolean).join(" · ") || clause.text}>
      <UnstyledButton
        className={classes.token}
        data-runs={clause.runs}
        data-warn={(clause.named === 0 && clause.runs !== "off") || undefined}
        onClick={onShow}
      >
        <code className={classes.clause}>{clause.text}</code>
        {names && <span className={classes.names}>{`→ ${names}`}</span>}
        {runs && (
          <span className={classes.runs}>
            <Icon size={13} stroke={1.8} aria-hidden />
            {runs}
          </span>
        )}
      </UnstyledButton>
    </Hint>
  );
}

/** What an organization's name stands for: its ids, or how many. */
function useNames({ names, named }: ClauseNote): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (named === null) return null;
  if (named === 0) return t("query.clauses.nothing_named");
  if (named > MOST_NAMES) return t("query.clauses.named", { count: named, n: format.number(named) });
  return names.map(({ id }) => id).join(", ");
}
