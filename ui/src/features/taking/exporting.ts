// What an export is asked for, and the name that is offered for its file.
import type { ExportFormat } from "../../generated/types";

export const EXPORT_FORMATS: readonly ExportFormat[] = ["xlsx", "csv", "jsonl"];

/** A file name that every system takes: `people-our-clients-2026-11-03.csv`. */
export function fileName(what: string, connection: string, day: Date, extension: string): string {
  const plain = `${what}-${connection}`
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  return `${plain}-${date}.${extension}`;
}
