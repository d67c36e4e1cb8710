// The panel beside the matrix: a heading, a way out, what there is to say.
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./SidePanel.module.css";

type Props = { label: string; title: string; sub: ReactNode; onClose: () => void; children: ReactNode };

export function SidePanel({ label, title, sub, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <aside className={classes.panel} aria-label={label}>
      <header className={classes.head}>
        <div className={classes.title}>
          <h2>{title}</h2>
          <p className={classes.sub}>{sub}</p>
        </div>
        <ActionIcon onClick={onClose} aria-label={t("close")} aria-keyshortcuts="Escape">
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className={classes.scroll}>{children}</div>
    </aside>
  );
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
