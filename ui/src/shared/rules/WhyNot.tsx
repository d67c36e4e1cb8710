// Around a control that rests because a rule says so: what the rule says is read out with the control,
// shown beside it, and leads to its place in Roles.
import { Popover } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import {
  cloneElement,
  type FocusEvent,
  type HTMLAttributes,
  type MouseEvent,
  type ReactElement,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { MayAnswer } from "../../generated/types";
import { AnswerMark } from "./AnswerMark";
import { isRefused, ruleAddress } from "./rules";
import { useRuleWords } from "./useRuleWords";
import classes from "./WhyNot.module.css";

type Control = HTMLAttributes<HTMLElement> & { "data-disabled"?: true };

type Props = {
  connection: string;
  /** The answer to whether it may be done; while it is not there, the control is left alone. */
  answer: MayAnswer | undefined;
  children: ReactElement<Control>;
};

/** A control that may be used stays as it is; what is open carries a note and may be used. */
export function WhyNot({ connection, answer, children }: Props) {
  const id = useId();
  const words = useRuleWords();
  const card = useCard();
  const why = answer && words.why(answer);
  if (!answer || !why) return children;
  const refused = isRefused(answer);
  const control = cloneElement<Control>(children, {
    "aria-describedby": id,
    onMouseEnter: card.soon,
    onMouseLeave: card.leave,
    onFocus: card.open,
    onBlur: card.blur,
    // Not `disabled`: it keeps the focus, and says why it rests; pressing it leads to the rule.
    ...(refused && { "aria-disabled": true, "data-disabled": true, onClick: card.enter }),
  });
  return (
    <>
      <Popover
        opened={card.opened}
        onChange={card.set}
        position="bottom-start"
        width={300}
        shadow="md"
        withRoles={false}
        returnFocus
      >
        <Popover.Target>{control}</Popover.Target>
        <Popover.Dropdown
          ref={card.dropdown}
          className={classes.card}
          onMouseEnter={card.open}
          onMouseLeave={card.leave}
          onBlur={card.blur}
        >
          <Card connection={connection} answer={answer} why={why} refused={refused} entered={card.entered} />
        </Popover.Dropdown>
      </Popover>
      <span id={id} className="sr-only">
        {why}
      </span>
    </>
  );
}

type CardProps = {
  connection: string;
  answer: MayAnswer;
  why: string;
  refused: boolean;
  /** Somebody pressed the control, and goes on in here. */
  entered: boolean;
};

function Card({ connection, answer, why, refused, entered }: CardProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (entered) link.current?.focus();
  }, [entered]);
  const role = answer.applied.length === 1 ? answer.applied[0]?.cell.role : undefined;
  return (
    <>
      <AnswerMark answer={answer.answer} word={words.answer(answer.answer)} />
      <p>{why}</p>
      {!refused && <p className={classes.quiet}>{t("rules.server_decides")}</p>}
      <a ref={link} className={classes.link} href={ruleAddress(connection, { role, action: answer.action })}>
        {t("rules.show_rule")}
        <IconArrowRight size={14} aria-hidden />
      </a>
    </>
  );
}

const SOON_MS = 250;
/** Long enough to get from the control to the card. */
const LEAVE_MS = 150;

/** Opens for whoever points at the control or has the focus on it; pressing it goes into the card. */
function useCard() {
  const [opened, setOpened] = useState(false);
  const [entered, setEntered] = useState(false);
  const dropdown = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (open: boolean) => {
    clearTimeout(timer.current);
    setOpened(open);
    if (!open) setEntered(false);
  };
  const later = (open: boolean, wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set(open), wait);
  };
  return {
    opened,
    entered,
    set,
    dropdown,
    open: () => set(true),
    soon: () => later(true, SOON_MS),
    leave: () => later(false, LEAVE_MS),
    blur: (event: FocusEvent) => {
      if (!dropdown.current?.contains(event.relatedTarget)) later(false, 0);
    },
    enter: (event: MouseEvent) => {
      event.preventDefault();
      set(true);
      setEntered(true);
    },
  };
}
