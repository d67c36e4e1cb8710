// What the rules say, as a shape and a word: never by colour alone.
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashedCheck,
  IconCircleDotted,
  IconQuestionMark,
  IconX,
} from "@tabler/icons-react";
import type { RuleAnswer } from "../../generated/types";
import classes from "./AnswerMark.module.css";

const ICONS = {
  yes: IconCircleCheckFilled,
  yes_within: IconCircleDashedCheck,
  no: IconX,
  outside_scope: IconX,
  other_role_only: IconX,
  contested: IconAlertTriangle,
  undocumented: IconQuestionMark,
  depends_on_scope: IconCircleDotted,
} as const satisfies Record<RuleAnswer, unknown>;

export type Tone = "yes" | "within" | "no" | "contested" | "open";

export function toneOf(answer: RuleAnswer | null): Tone {
  switch (answer) {
    case "yes":
      return "yes";
    case "yes_within":
      return "within";
    case "no":
    case "outside_scope":
    case "other_role_only":
      return "no";
    case "contested":
      return "contested";
    default:
      return "open";
  }
}

type Props = {
  /** Null: it depends on the role. */
  answer: RuleAnswer | null;
  word: string;
  size?: number;
  /** It is the verdict of what stands below. */
  big?: boolean;
};

export function AnswerMark({ answer, word, big = false, size = big ? 20 : 16 }: Props) {
  const Icon = answer === null ? IconCircleDotted : ICONS[answer];
  return (
    <span className={classes.mark} data-tone={toneOf(answer)} data-big={big || undefined}>
      <Icon size={size} stroke={1.9} aria-hidden />
      <span className={classes.word}>{word}</span>
    </span>
  );
}
