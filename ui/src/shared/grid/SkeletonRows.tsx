// The shape of a table while its first rows are on their way.
import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./SkeletonRows.module.css";

const WIDTHS = [62, 48, 71, 55, 66, 43, 58, 69, 50, 64, 46, 60];

export function SkeletonRows() {
  const { t } = useTranslation();
  return (
    <div className={classes.rows} role="status" aria-label={t("loading")}>
      {WIDTHS.map((width) => (
        <div key={width} className={classes.row}>
          <Skeleton height={10} width="2.5rem" />
          <Skeleton height={10} width={`${width}%`} />
          <Skeleton height={10} width={`${120 - width}%`} />
          <Skeleton height={10} width="4.5rem" />
        </div>
      ))}
    </div>
  );
}
