// A button of a tool bar: an icon with its name and its keys in a tooltip.
import { ActionIcon, type ActionIconProps } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import { type ActionId, ariaKeys } from "./actions";
import { Hint } from "./Hint";

type Props = Pick<ActionIconProps, "loading"> & {
  label: string;
  action: ActionId;
  onClick: () => void;
  /** Only for a button that switches something on. */
  pressed?: boolean;
  /** Why it rests now; null if it does not. */
  refusal?: string | null;
  children: ReactNode;
};

export function ToolButton({ label, action, pressed, refusal = null, onClick, children, ...rest }: Props) {
  const rests = refusal !== null;
  return (
    <Hint label={rests ? `${label} · ${refusal}` : label} action={action}>
      <ToolIcon
        label={label}
        action={action}
        aria-pressed={pressed}
        // Not `disabled`: it keeps the focus, and says why it rests.
        aria-disabled={rests || undefined}
        data-disabled={rests || undefined}
        aria-description={refusal ?? undefined}
        onClick={rests ? undefined : onClick}
        {...rest}
      >
        {children}
      </ToolIcon>
    </Hint>
  );
}

type IconProps = ActionIconProps &
  Omit<ComponentProps<"button">, keyof ActionIconProps> & { label: string; action: ActionId };

/** The button alone, for what opens beside it. */
export function ToolIcon({ label, action, ...rest }: IconProps) {
  return (
    <ActionIcon
      variant="default"
      size={36}
      loaderProps={{ size: 16 }}
      aria-label={label}
      aria-keyshortcuts={ariaKeys(action)}
      {...rest}
    />
  );
}
