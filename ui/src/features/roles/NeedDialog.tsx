// Which role do I need? At most two questions, and a recommendation with its source.
import { Button, Modal, UnstyledButton } from "@mantine/core";
import { IconArrowLeft, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RuleNeed, RulesMatrix } from "../../generated/types";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { CopyButton } from "../../shared/states/CopyButton";
import { actionsOf, isNo, isYes } from "./matrix";
import classes from "./NeedDialog.module.css";
import { Rights } from "./Rights";

type Props = {
  opened: boolean;
  matrix: RulesMatrix;
  onClose: () => void;
  onShow: (role: string) => void;
};

export function NeedDialog({ opened, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="42rem"
      title={t("rules.need.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Need {...rest} onClose={onClose} />
    </Modal>
  );
}

/** None of the purposes that a role is documented for. */
const OTHER = "other";

function Need({ matrix, onClose, onShow }: Omit<Props, "opened">) {
  const { t } = useTranslation();
  const [purpose, setPurpose] = useState<string | null>(null);
  const [user, setUser] = useState<string | null>(null);
  const purposes = [...new Set(matrix.needs.map((need) => need.purpose))];
  const suited = matrix.needs.filter((need) => need.purpose === purpose);
  const users = suited.flatMap((need) => (need.user === null ? [] : [need.user]));
  const need = users.length > 1 ? suited.find((own) => own.user === user) : suited[0];
  const back = () => {
    setPurpose(null);
    setUser(null);
  };
  if (purpose === null)
    return (
      <Choice
        question={t("rules.need.what_for")}
        options={[...purposes, OTHER].map((own) => ({
          value: own,
          label: t(`rules.need.purposes.${own}.title`, { defaultValue: own }),
          hint: t(`rules.need.purposes.${own}.hint`, { defaultValue: "" }),
        }))}
        onChoose={setPurpose}
      />
    );
  return (
    <div className={classes.need}>
      {purpose !== OTHER && users.length > 1 && user === null ? (
        <Choice
          question={t("rules.need.who")}
          options={users.map((own) => ({
            value: own,
            label: t(`rules.need.users.${own}.title`, { defaultValue: own }),
            hint: t(`rules.need.users.${own}.hint`, { defaultValue: "" }),
          }))}
          onChoose={setUser}
        />
      ) : need ? (
        <Recommendation matrix={matrix} need={need} />
      ) : (
        <Told>
          <p>{t("rules.need.none")}</p>
        </Told>
      )}
      <div className={classes.foot}>
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={16} />}
          onClick={user === null ? back : () => setUser(null)}
        >
          {t("back")}
        </Button>
        {need && (
          <Button
            onClick={() => {
              onShow(need.role);
              onClose();
            }}
          >
            {t("rules.need.show")}
          </Button>
        )}
      </div>
    </div>
  );
}

type Option = { value: string; label: string; hint: string };
type ChoiceProps = { question: string; options: Option[]; onChoose: (value: string) => void };

/** A click answers; the first answer has the focus. */
function Choice({ question, options, onChoose }: ChoiceProps) {
  const id = useId();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <fieldset className={classes.choice} aria-labelledby={id}>
      <h3 id={id} className={classes.question}>
        {question}
      </h3>
      {options.map((option, index) => (
        <UnstyledButton
          key={option.value}
          ref={index === 0 ? first : undefined}
          className={classes.option}
          data-autofocus={index === 0 || undefined}
          onClick={() => onChoose(option.value)}
        >
          <span className={classes.words}>
            <span className={classes.label}>{option.label}</span>
            {option.hint && <span className={classes.hint}>{option.hint}</span>}
          </span>
          <IconChevronRight size={18} stroke={1.7} aria-hidden />
        </UnstyledButton>
      ))}
    </fieldset>
  );
}

/** What was chosen is gone: whoever chose it goes on here. */
function Told({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const element = useRef<HTMLElement>(null);
  useEffect(() => element.current?.focus(), []);
  return (
    <section ref={element} tabIndex={-1} className={classes.need} aria-label={t("rules.need.title")}>
      {children}
    </section>
  );
}

function Recommendation({ matrix, need }: { matrix: RulesMatrix; need: RuleNeed }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const role = matrix.roles.find(({ id }) => id === need.role);
  if (!role) return null;
  const may = actionsOf(matrix, role.id, isYes);
  const mayNot = actionsOf(matrix, role.id, isNo);
  return (
    <Told>
      <div className={classes.role}>
        <p className={classes.hint}>{t("rules.need.recommended")}</p>
        <h3>{role.name}</h3>
        <p className={classes.value}>
          <span className={classes.hint}>{t("rules.api_value")}</span>
          <code className="selectable">{role.id}</code>
          <CopyButton value={role.id} name={t("rules.api_value")} />
        </p>
        <p>{t(`rules.purposes.${role.id}`, { defaultValue: role.purpose })}</p>
        <p className={classes.hint}>{words.source(need.source)}</p>
      </div>
      <div className={classes.lists}>
        <section>
          <h4>{t("rules.may")}</h4>
          <Rights groups={may} />
        </section>
        <section>
          <h4>{t("rules.may_not")}</h4>
          {mayNot.length > 0 ? <Rights groups={mayNot} /> : <p className={classes.hint}>{t("rules.rest")}</p>}
        </section>
      </div>
    </Told>
  );
}
