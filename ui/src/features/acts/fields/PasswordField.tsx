// The password of a new person: none, typed, or a strong one that is made in Rust. What is typed is in its
// field and nowhere else.
import { PasswordInput, Radio } from "@mantine/core";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "../Acts.module.css";
import { type Strength, strengthOf } from "../intents";

/** How a password is given. */
export type PasswordWay = "none" | "typed" | "made";

const WAYS: readonly PasswordWay[] = ["none", "made", "typed"];
const LEVELS = 4;

export type PasswordProps = {
  path: string;
  label: string;
  least: number;
  way: PasswordWay;
  onWay: (way: PasswordWay) => void;
  field: RefObject<HTMLInputElement | null>;
  error: string | null;
  onTyped: () => void;
};

export function PasswordField({ path, label, least, way, onWay, field, error, onTyped }: PasswordProps) {
  const { t } = useTranslation();
  const [strength, setStrength] = useState<Strength>(0);
  return (
    <div className={`${classes.password} ${classes.wide}`}>
      <Radio.Group
        label={label}
        description={t("acts.password.note")}
        value={way}
        onChange={(next) => {
          setStrength(0);
          onWay(WAYS.find((own) => own === next) ?? "none");
        }}
      >
        <div className={classes.roles}>
          {WAYS.map((own) => (
            <Radio key={own} size="sm" value={own} label={t(`acts.password.${own}`)} />
          ))}
        </div>
      </Radio.Group>
      {way === "typed" && (
        <>
          <PasswordInput
            ref={field}
            aria-label={label}
            error={error}
            autoComplete="new-password"
            spellCheck={false}
            placeholder={t("acts.password.least", { least })}
            visibilityToggleButtonProps={{ "aria-label": t("acts.password.show"), tabIndex: 0 }}
            onChange={(event) => {
              setStrength(strengthOf(event.currentTarget.value));
              onTyped();
            }}
            data-path={path}
          />
          <div className={classes.strength}>
            <div className={classes.bar} data-level={strength} aria-hidden>
              <span style={{ width: `${(strength / LEVELS) * 100}%` }} />
            </div>
            <span role="status">{strength !== 0 && t(`acts.password.strength.${strength}`)}</span>
          </div>
        </>
      )}
    </div>
  );
}
