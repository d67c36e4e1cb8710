// Fails on missing, extra, empty or unused texts, on placeholders that differ, on literal text in JSX, and on
// sentences of the engine about a question that have no text.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
const LANGUAGES = ["en", "nl", "fr", "de"];
const SOURCE = "en";
/** Words that are the same everywhere. */
const LITERALS = new Set(["Muster"]);

const problems = [];

function flatten(tree, prefix = "") {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

const texts = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    new Map(flatten(JSON.parse(readFileSync(join(root, "shared/i18n", `${language}.json`), "utf8")))),
  ]),
);

const PLURAL = /_(zero|one|two|few|many|other)$/;
const base = (key) => key.replace(PLURAL, "");
const placeholders = (text) => [...new Set(text.match(/{{[^}]+}}/g) ?? [])].sort().join(" ");

/** The keys a language must have: those of the source, in the plural forms of the language. */
function expected(language) {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const keys = new Set();
  for (const key of texts[SOURCE].keys()) {
    if (PLURAL.test(key)) for (const form of forms) keys.add(`${base(key)}_${form}`);
    else keys.add(key);
  }
  return keys;
}

for (const language of LANGUAGES) {
  const wanted = expected(language);
  for (const key of wanted) if (!texts[language].has(key)) problems.push(`${language}: ${key} is missing`);
  for (const [key, text] of texts[language]) {
    if (!wanted.has(key)) problems.push(`${language}: ${key} is not a key of ${SOURCE}`);
    if (text.trim() === "") problems.push(`${language}: ${key} is empty`);
    const source = texts[SOURCE].get(key) ?? texts[SOURCE].get(`${base(key)}_other`) ?? "";
    if (placeholders(text) !== placeholders(source))
      problems.push(`${language}: ${key} has other placeholders`);
  }
}

const files = readdirSync(root, { recursive: true })
  .map((file) => join(root, file))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file) && !file.includes("generated"));

const used = new Set();
const patterns = [];
for (const file of files) {
  const code = readFileSync(file, "utf8");
  for (const [, , key] of code.matchAll(/\bt\(\s*(["'])([^"'`]+)\1/g)) used.add(key);
  for (const [, template] of code.matchAll(/\bt\(\s*`([^`]+)`/g)) {
    const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    patterns.push(new RegExp(`^${parts.join("[^.]+")}$`));
  }
  if (!file.endsWith(".tsx")) continue;
  // Text between tags, and attributes that a person hears or reads.
  const literal = [
    ...code.matchAll(/<[A-Za-z][^<>]*?[^=]>\s*([A-Za-zÀ-ÿ][^<>{}();=]*?)\s*<\//g),
    ...code.matchAll(/\s(?:aria-label|title|placeholder|label|alt)="([^"]+)"/g),
  ];
  for (const [, text] of literal) {
    if (!LITERALS.has(text.trim())) problems.push(`${relative(root, file)}: literal text "${text.trim()}"`);
  }
}

// What is wrong with a question the engine names, and the texts say.
const crates = join(root, "..", "..", "src-tauri", "crates");
const engine = ["directory", "engine"]
  .flatMap((crate) => {
    const folder = join(crates, crate, "src");
    return readdirSync(folder, { recursive: true }).map((file) => join(folder, file));
  })
  .filter((file) => file.endsWith(".rs"))
  .map((file) => readFileSync(file, "utf8").split("#[cfg(test)]")[0])
  .join("\n");
const CODES = "query.problem.codes.";
const said = new Set([...engine.matchAll(/\bsaid!\(\s*([a-z_]+),/g)].map(([, code]) => code));
for (const code of said)
  if (!texts[SOURCE].has(CODES + code))
    problems.push(`${CODES}${code} is said by the engine and has no text`);
for (const key of texts[SOURCE].keys()) {
  const code = key.startsWith(CODES) ? key.slice(CODES.length) : null;
  if (code !== null && !said.has(code) && !engine.includes(`"${code}"`))
    problems.push(`${key} is not said by the engine`);
}

const known = new Set([...texts[SOURCE].keys()].map(base));
for (const key of known) {
  if (!used.has(key) && !patterns.some((pattern) => pattern.test(key))) problems.push(`${key} is not used`);
}
for (const key of used) if (!known.has(key)) problems.push(`${key} is used and has no text`);

if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`${problems.length} problems with texts`);
  process.exit(1);
}
console.log(`${known.size} texts in ${LANGUAGES.length} languages, all there and all used`);
