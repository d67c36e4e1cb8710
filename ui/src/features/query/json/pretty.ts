// JSON laid out for reading: what fits on a line stays on it, and no number is rounded.

const LINE = 80;

/** Laid out; what is no JSON, as it is. */
export function pretty(text: string | null): string {
  if (text === null || text.trim() === "") return text ?? "";
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  return lay({ tokens, at: 0 }, "");
}

type Reader = { tokens: string[]; at: number };

const next = (reader: Reader): string => {
  const token = reader.tokens[reader.at] ?? "";
  reader.at += 1;
  return token;
};

function lay(reader: Reader, indent: string): string {
  const open = next(reader);
  if (open !== "{" && open !== "[") return open;
  const close = open === "{" ? "}" : "]";
  const deeper = `${indent}  `;
  const parts: string[] = [];
  while (reader.tokens[reader.at] !== close) {
    const key = open === "{" ? `${next(reader)}: ` : "";
    if (open === "{") next(reader);
    parts.push(key + lay(reader, deeper));
    if (reader.tokens[reader.at] === ",") next(reader);
  }
  next(reader);
  const pad = open === "{" ? " " : "";
  const line = parts.length === 0 ? open + close : `${open}${pad}${parts.join(", ")}${pad}${close}`;
  if (!line.includes("\n") && indent.length + line.length <= LINE) return line;
  // A list of ids: as many on a line as fit.
  const small = open === "[" && parts.every((part) => !/[\n{[]/.test(part));
  return `${open}\n${small ? fill(parts, deeper) : deeper + parts.join(`,\n${deeper}`)}\n${indent}${close}`;
}

function fill(parts: string[], indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const [index, part] of parts.entries()) {
    const word = index < parts.length - 1 ? `${part},` : part;
    if (line !== "" && indent.length + line.length + word.length + 1 > LINE) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line].join("\n");
}
