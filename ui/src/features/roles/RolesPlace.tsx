// Roles: what each may do by the vendor's pages, why, and which one somebody needs.
import { Button, Select } from "@mantine/core";
import { IconArrowsDiff, IconHelpHexagon, IconSearchOff } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, RulesMatrix } from "../../generated/types";
import { toApiError } from "../../host";
import { useFormat } from "../../shared/format/useFormat";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { useAction } from "../../shared/keys/useAction";
import type { Spot } from "../../shared/rules/rules";
import { useRules } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { ErrorState } from "../../shared/states/ErrorState";
import layout from "../../shared/states/Place.module.css";
import { PlaceHeader } from "../../shared/states/PlaceHeader";
import { PlaceState } from "../../shared/states/PlaceState";
import { QuickSearch } from "../../shared/states/QuickSearch";
import { LAYERS } from "../../shared/theme/mantine";
import { useShowPeople } from "../people/useShowPeople";
import { KeyRole } from "./KeyRole";
import { Matrix } from "./Matrix";
import { type Pair, shown as shownOf } from "./matrix";
import { NeedDialog } from "./NeedDialog";
import { RolePanel } from "./RolePanel";
import classes from "./RolesPlace.module.css";
import { RulePanel } from "./RulePanel";

type Props = {
  connection: Connection;
  /** The rule that somebody came for. */
  asked: Spot | null;
  onPeople: () => void;
};

export function RolesPlace({ connection, asked, onPeople }: Props) {
  const { t } = useTranslation();
  const rules = useRules(connection.id);
  useAction("refresh", () => rules.refetch());
  return (
    <section className={layout.place} aria-label={t("places.roles")}>
      {rules.data ? (
        <Roles connection={connection} matrix={rules.data} asked={asked} onPeople={onPeople} />
      ) : (
        <>
          <PlaceHeader title={t("places.roles")} count={null} />
          {rules.error ? (
            <ErrorState error={toApiError(rules.error)} remedies={{ try_again: () => rules.refetch() }} />
          ) : (
            <SkeletonRows />
          )}
        </>
      )}
    </section>
  );
}

function Roles({ connection, matrix, asked, onPeople }: Props & { matrix: RulesMatrix }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  const showPeople = useShowPeople(connection.id, onPeople);
  const [search, setSearch] = useState("");
  const [pair, setPair] = useState<Pair | null>(null);
  const [spot, setSpot] = useState<Spot | null>(asked);
  const [need, setNeed] = useState(false);
  useEffect(() => {
    if (asked === null) return;
    setSpot(asked);
    setSearch("");
    setPair(null);
  }, [asked]);
  const shown = useMemo(() => shownOf(matrix, search, pair, words), [matrix, search, pair, words]);
  const close = useCallback(() => setSpot(null), []);
  useAction("close", spot && close);
  const ofRole = (role: string) => showPeople(`role:${role}`);
  const known = matrix.roles.some(({ id }) => id === spot?.role) ? spot : null;
  const counted = { count: shown.count, n: format.number(shown.count) };
  const count = pair ? t("rules.differences", counted) : t("rules.actions", counted);
  const alike = pair !== null && search === "";
  return (
    <>
      <PlaceHeader title={t("places.roles")} count={count}>
        <QuickSearch
          value={search}
          onSearch={setSearch}
          placeholder={t("rules.search")}
          refusal={null}
          onUseMirror={close}
        />
        <CompareButton matrix={matrix} pair={pair} onPair={setPair} />
        <Button
          variant="light"
          leftSection={<IconHelpHexagon size={17} stroke={1.7} />}
          className={classes.need}
          onClick={() => setNeed(true)}
        >
          {t("rules.need.title")}
        </Button>
      </PlaceHeader>
      {pair && <Comparing matrix={matrix} pair={pair} onPair={setPair} />}
      <KeyRole connection={connection.id} matrix={matrix} />
      <div className={layout.split}>
        <div className={layout.body}>
          {shown.count > 0 ? (
            <Matrix matrix={matrix} shown={shown} spot={known} onSpot={setSpot} onPeople={ofRole} />
          ) : (
            <PlaceState
              icon={<IconSearchOff size={26} stroke={1.6} />}
              title={alike ? t("rules.no_difference") : t("rules.nothing_fits")}
              body={alike ? t("rules.no_difference_text") : t("rules.nothing_fits_text")}
              button={
                <Button
                  onClick={() => {
                    setSearch("");
                    setPair(null);
                  }}
                >
                  {t("rules.show_all")}
                </Button>
              }
            />
          )}
        </div>
        {known &&
          (known.action === null ? (
            <RolePanel matrix={matrix} role={known.role} onPeople={ofRole} onClose={close} />
          ) : (
            <RulePanel
              connection={connection}
              matrix={matrix}
              role={known.role}
              action={known.action}
              onClose={close}
            />
          ))}
      </div>
      <NeedDialog
        opened={need}
        matrix={matrix}
        onClose={() => setNeed(false)}
        onShow={(role) => setSpot({ role, action: null })}
      />
    </>
  );
}

type PairProps = { matrix: RulesMatrix; pair: Pair | null; onPair: (pair: Pair | null) => void };

function CompareButton({ matrix, pair, onPair }: PairProps) {
  const { t } = useTranslation();
  const [one, other] = matrix.roles;
  if (!one || !other) return null;
  return (
    <Button
      variant="default"
      className={classes.compare}
      aria-pressed={pair !== null}
      leftSection={<IconArrowsDiff size={17} stroke={1.7} />}
      onClick={() => onPair(pair ? null : [one.id, other.id])}
    >
      {t("rules.compare.title")}
    </Button>
  );
}

function Comparing({ matrix, pair, onPair }: PairProps & { pair: Pair }) {
  const { t } = useTranslation();
  const data = matrix.roles.map(({ id, name }) => ({ value: id, label: name }));
  const props = (value: string, other: string) => ({
    size: "xs" as const,
    data: data.map((option) => ({ ...option, disabled: option.value === other })),
    value,
    allowDeselect: false,
    comboboxProps: { portalProps: { target: `#${LAYERS}` } },
  });
  const [one, other] = pair;
  return (
    <fieldset className={classes.comparing} aria-label={t("rules.compare.title")}>
      <Select
        {...props(one, other)}
        aria-label={t("rules.compare.one")}
        onChange={(id) => id && onPair([id, other])}
      />
      <span>{t("rules.compare.with")}</span>
      <Select
        {...props(other, one)}
        aria-label={t("rules.compare.other")}
        onChange={(id) => id && onPair([one, id])}
      />
      <span className={classes.quiet}>{t("rules.compare.hint")}</span>
    </fieldset>
  );
}
