// The panel beside a list: what it is about, a way out, and what there is to say, which scrolls. Escape is the
// place's: it knows who has the focus back.
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./SidePanel.module.css";

type Props = {
  /** What a screen reader calls it. */
  label: string;
  /** The heading. */
  title: ReactNode;
  /** Below the heading, smaller. */
  sub?: ReactNode;
  /** `part`: it stands in a part of a place, below headings of its own, and is wider. */
  kind?: "place" | "part";
  busy?: boolean;
  onClose: () => void;
  children: ReactNode;
};

export function SidePanel({ label, title, sub, kind = "place", busy, onClose, children }: Props) {
  const { t } = useTranslation();
  const Heading = kind === "place" ? "h2" : "h3";
  return (
    <aside className={classes.panel} data-kind={kind} aria-label={label}>
      <header className={classes.head}>
        <div className={classes.title}>
          <Heading className="selectable" dir="auto">
            {title}
          </Heading>
          {sub}
        </div>
        <ActionIcon onClick={onClose} aria-label={t("close")} aria-keyshortcuts="Escape">
          <IconX size={18} />
        </ActionIcon>
      </header>
      {/* A part may hold nothing that takes the focus: who has no mouse scrolls it with the arrows. */}
      <div className={classes.scroll} tabIndex={kind === "part" ? 0 : undefined} aria-busy={busy}>
        {children}
      </div>
    </aside>
  );
}
