// Written by `cargo xtask generate` from src-tauri/crates/api. Do not edit.

/**
 * Whether a key may read something.
 */
export type Access = { 
/**
 * Always true.
 */
allowed: true, 
/**
 * How many it sees.
 */
total: number, } | { 
/**
 * Always false.
 */
allowed: false, 
/**
 * What the vendor said.
 */
error: ApiError, };

/**
 * One thing that an act says.
 */
export type ActField = { 
/**
 * Where it stands in the vendor's body: `profile.name`
 */
path: string, 
/**
 * What may stand there.
 */
kind: ActFieldKind, 
/**
 * The words that may be chosen, for `choice` and `role`.
 */
choices: Array<string>, 
/**
 * The most characters of a text, the least of a password.
 */
length: number | null, 
/**
 * Whether the act cannot do without it.
 */
required: boolean, 
/**
 * Whether it may be taken away.
 */
clearable: boolean, 
/**
 * What the vendor takes if it is not said.
 */
default: boolean | null, 
/**
 * The action of the rules that allows it.
 */
permission: string, 
/**
 * Whether the vendor tells it again afterwards, so that a read-back can prove it.
 */
returned: boolean, };

/**
 * What may stand in a field.
 */
export type ActFieldKind = "text" | "email" | "password" | "boolean" | "choice" | "role" | "organization" | "subscription_type" | "time" | "text_list" | "identifier";

/**
 * A kind of act that a vendor knows, as a form of it is made.
 */
export type ActForm = { 
/**
 * Its name: `user.create`
 */
id: string, 
/**
 * What it is done to; none: it makes something that nobody has to be there for.
 */
target: Thing | null, 
/**
 * What it makes; none: it changes what is there.
 */
makes: Thing | null, 
/**
 * The action of the rules that allows it; fields may have their own.
 */
permission: string, 
/**
 * What it says, in the order to ask.
 */
fields: Array<ActField>, 
/**
 * Whether the vendor's endpoint is our reading only.
 */
reading_only: boolean, 
/**
 * How it is undone.
 */
undo: UndoWay, };

/**
 * Something that acts are done to, or make.
 */
export type ActTarget = { 
/**
 * What it is.
 */
thing: Thing, 
/**
 * The vendor's id, as text.
 */
id: string, 
/**
 * What it was called then.
 */
name: string, };

/**
 * One thing that is wrong with an act.
 */
export type ActViolation = { 
/**
 * The field; `target`; empty: all of it.
 */
path: string, 
/**
 * In English.
 */
message: string, 
/**
 * Names the sentence in other languages.
 */
code: string | null, 
/**
 * What stands in it.
 */
values: Record<string, string>, };

/**
 * Where a hash stands that was noted outside.
 */
export type ActivityAnchor = { 
/**
 * It is the hash of this entry, and all up to it hold; none: it is that of none that holds.
 */
no: number | null, };

/**
 * Some of the entries, the newest first.
 */
export type ActivityAnswer = { 
/**
 * The entries.
 */
entries: Array<ActivityEntry>, 
/**
 * How many match on all pages.
 */
total: number, 
/**
 * Every kind that there is, by name, whatever was asked for.
 */
kinds: Array<ActivityCount>, };

/**
 * The first entry that does not hold.
 */
export type ActivityBreak = { 
/**
 * Its number.
 */
no: number, 
/**
 * Why.
 */
fault: ActivityFault, };

/**
 * A chain to look at.
 */
export type ActivityCheck = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * A hash that was noted outside.
 */
head: string | null, };

/**
 * How many entries there are of a kind.
 */
export type ActivityCount = { 
/**
 * The kind.
 */
kind: string, 
/**
 * How many.
 */
count: number, };

/**
 * Something that was done.
 */
export type ActivityEntry = { 
/**
 * Its number, from 1.
 */
no: number, 
/**
 * When, Unix milliseconds.
 */
at: number, 
/**
 * The account of the operating system.
 */
account: string, 
/**
 * The API key that was concerned.
 */
key_id: number | null, 
/**
 * What was done, such as `sync`, `export` or `secret_read`; versions add to them.
 */
kind: string, 
/**
 * What it was done to.
 */
target: ActivityTarget, 
/**
 * How the vendor calls the request.
 */
request_id: string | null, 
/**
 * What came of it: `started`, `done`, `refused`, `failed`, `canceled`, `unknown`; versions add
 * to them.
 */
outcome: string, 
/**
 * More about it, by kind.
 */
detail: JsonValue, 
/**
 * The hash of the entry before; 64 zeros: there is none.
 */
previous: string, 
/**
 * Its hash.
 */
hash: string, };

/**
 * Why an entry does not hold.
 */
export type ActivityFault = "missing" | "changed" | "unlinked";

/**
 * The end of the chain.
 */
export type ActivityHead = { 
/**
 * How many entries there are.
 */
entries: number, 
/**
 * The hash of the last one, which stands for all of them; 64 zeros: there is none.
 */
hash: string, 
/**
 * When the last one was noted, Unix milliseconds.
 */
at: number | null, };

/**
 * Which entries are asked for. What is empty or none does not narrow.
 */
export type ActivityQuestion = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * Of these kinds.
 */
kinds: Array<string>, 
/**
 * With these outcomes.
 */
outcomes: Array<string>, 
/**
 * In whose account, key, target, request id, details or hash this stands.
 */
text: string | null, 
/**
 * From this time on, Unix milliseconds.
 */
since: number | null, 
/**
 * Before this time, Unix milliseconds.
 */
until: number | null, 
/**
 * Only what stands before the entry with this number: the next page.
 */
before: number | null, 
/**
 * How many at most.
 */
limit: number, };

/**
 * What something was done to.
 */
export type ActivityTarget = { 
/**
 * What kind of thing, such as `connection`, `file` or `person`; versions add to them.
 */
what: string, 
/**
 * Its id.
 */
id: string | null, 
/**
 * Its name then.
 */
name: string | null, };

/**
 * What looking at every entry showed.
 */
export type ActivityVerification = { 
/**
 * Unix seconds.
 */
checked_at: number, 
/**
 * How many entries from the first on hold.
 */
sound: number, 
/**
 * The end of the chain, as it is stored.
 */
head: ActivityHead, 
/**
 * The first entry that does not hold; none: all do.
 */
broken: ActivityBreak | null, 
/**
 * Where the hash stands that was noted outside; none if none was given.
 */
anchor: ActivityAnchor | null, };

/**
 * Who the key of a connection is, as far as is known.
 */
export type Actor = { 
/**
 * The vendor's API value of the role.
 */
role: string | null, 
/**
 * The organization's id.
 */
organization: number | null, 
/**
 * The person's id.
 */
person: number | null, 
/**
 * How that is known; none if nothing is.
 */
known_by: ActorKnownBy | null, 
/**
 * Unix seconds: when the person said it.
 */
given_at: number | null, 
/**
 * Which roles fit what the key sees: an offer, never used by itself.
 */
guess: ActorGuess | null, };

/**
 * Roles that fit what a key sees.
 */
export type ActorGuess = { 
/**
 * The vendor's API values.
 */
roles: Array<string>, 
/**
 * What it follows from.
 */
reason: RoleReason, 
/**
 * Unix seconds: when that was seen.
 */
at: number, };

/**
 * How it is known who a key is.
 */
export type ActorKnownBy = "given" | "practice";

/**
 * Who a key is, as a person says it; nothing at all takes back what was said.
 */
export type ActorUpdate = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The vendor's API value of the role.
 */
role: string | null, 
/**
 * The organization's id.
 */
organization: number | null, 
/**
 * The person's id.
 */
person: number | null, };

/**
 * Why something did not work.
 */
export type ApiError = { 
/**
 * What to do about it hangs on this.
 */
code: ErrorCode, 
/**
 * In English, for the log and for copying; the UI has its own words for each code.
 */
message: string, 
/**
 * Facts that the words and the button need.
 */
details: ErrorDetails, };

/**
 * A key to the vendor's API, without its secret.
 */
export type ApiKeyRow = { 
/**
 * The key's id.
 */
id: number, 
/**
 * The person that it belongs to.
 */
user: number | null, 
/**
 * What it is called; none: the vendor did not say.
 */
name: string | null, 
/**
 * Whether it can be used; none: the vendor did not say.
 */
enabled: boolean | null, };

/**
 * A person whose keys are asked for.
 */
export type ApiKeysQuestion = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The person's id.
 */
person: number, };

/**
 * What the app tells of itself, unasked.
 */
export type AppEvent = { "kind": "job", 
/**
 * How it stands.
 */
job: Job, } | { "kind": "changed", 
/**
 * What.
 */
what: Changed, 
/**
 * Of which connection; none: of all.
 */
connection: string | null, } | { "kind": "link", 
/**
 * `muster://view/…`
 */
link: string, } | { "kind": "closing", 
/**
 * What.
 */
at_stake: AtStake, };

/**
 * Everything that the first screen needs.
 */
export type AppState = { 
/**
 * The app's version.
 */
version: string, 
/**
 * The folder of the profile.
 */
profile: string, 
/**
 * Where secrets are kept.
 */
vault: VaultKind, 
/**
 * Why secrets cannot be reached now.
 */
vault_error: ApiError | null, 
/**
 * What the person chose.
 */
settings: Settings, 
/**
 * Where the person was.
 */
last: LastPlace, 
/**
 * The connections, in the person's order.
 */
connections: Array<Connection>, };

/**
 * What applying a plan came to.
 */
export type AppliedTally = { 
/**
 * Steps that the vendor has done, or that were so already.
 */
done: number, 
/**
 * Steps that are not done.
 */
not_done: number, 
/**
 * Steps of which it is not known.
 */
unknown: number, };

/**
 * An approval to take in: a file, or what stands in one.
 */
export type ApprovalReading = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * A file.
 */
path: string | null, 
/**
 * What stands in one.
 */
content: string | null, };

/**
 * What would be cut off or lost if the app ended now.
 */
export type AtStake = { 
/**
 * Plans that are being applied.
 */
plans: number, 
/**
 * Secrets of new keys that were neither copied nor kept; the vendor tells them once.
 */
keys: number, 
/**
 * Passwords that were made and not copied.
 */
made: number, 
/**
 * Passwords that were typed or copied, of steps that were not sent: they are asked for again.
 */
unsent: number, };

/**
 * Something that the vendor's pages leave open and that was tried.
 */
export type Capability = { 
/**
 * Whether it is there; none: not tried yet.
 */
supported: boolean | null, 
/**
 * Unix seconds: when it was tried.
 */
checked_at: number | null, };

/**
 * A draft.
 */
export type ChangeDraft = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * What is wanted, right or wrong.
 */
intents: Array<Intent>, 
/**
 * Unix seconds.
 */
changed_at: number, };

/**
 * What may have changed.
 */
export type Changed = "connections" | "mirror" | "views" | "rules" | "activity" | "settings" | "plans";

/**
 * What a sync changed.
 */
export type Changes = { 
/**
 * How many it returned.
 */
total: number, 
/**
 * Seen for the first time.
 */
added: number, 
/**
 * With other values than before.
 */
changed: number, 
/**
 * Not returned any more.
 */
missing: number, 
/**
 * Returned again after having been missing or gone.
 */
returned: number, 
/**
 * Not returned for the second time.
 */
gone: number, };

/**
 * A condition, where it stands and where it runs.
 */
export type ClauseNote = { 
/**
 * Where it begins in `text`, in UTF-16 code units.
 */
from: number, 
/**
 * Where it ends.
 */
until: number, 
/**
 * The condition as text.
 */
text: string, 
/**
 * Where a live question decides it.
 */
runs: ClauseRuns, 
/**
 * Organizations that a name stands for, at most ten of them.
 */
names: Array<NamedOrganization>, 
/**
 * How many they are; none if it is not a name.
 */
named: number | null, };

/**
 * Where a live question decides a condition. The mirror decides all of them.
 */
export type ClauseRuns = "vendor" | "here" | "off";

/**
 * Somebody whose key was compared.
 */
export type Colleague = { 
/**
 * What the person is called here.
 */
name: string, 
/**
 * 32 bytes in base64.
 */
public_key: string, 
/**
 * Its SHA-256 in groups of four hexadecimal digits.
 */
fingerprint: string, 
/**
 * When the fingerprints were compared, Unix seconds.
 */
confirmed_at: number, };

/**
 * Somebody with whom a fingerprint was compared.
 */
export type ColleagueConfirming = { 
/**
 * 32 bytes in base64.
 */
public_key: string, 
/**
 * What the person is called here.
 */
name: string, };

/**
 * A colleague, by the key.
 */
export type ColleagueRef = { 
/**
 * 32 bytes in base64.
 */
public_key: string, };

/**
 * A colour by which a person tells connections apart.
 */
export type Colour = "blue" | "teal" | "green" | "yellow" | "orange" | "red" | "grape" | "violet" | "gray";

/**
 * Two questions.
 */
export type CompareRequest = { 
/**
 * The first.
 */
a: Who, 
/**
 * The criteria of the second, as JSON text.
 */
b: string | null, };

/**
 * A part of a comparison.
 */
export type ComparedPart = { 
/**
 * How many surely are.
 */
count: number, 
/**
 * How many more may be: something that decides it is not known.
 */
possible: number, 
/**
 * Criteria that list them, and find those as possible, as JSON text.
 */
filter: string, 
/**
 * The conditions of the other question that surely keep people out, and how many.
 */
because: Array<Responsible>, };

/**
 * Two questions side by side.
 */
export type Comparison = { 
/**
 * In the first and not in the second.
 */
only_a: ComparedPart, 
/**
 * In the second and not in the first.
 */
only_b: ComparedPart, 
/**
 * In both.
 */
both: ComparedPart, };

/**
 * What may be typed.
 */
export type CompletionKind = "field" | "operator" | "value" | "word";

/**
 * A connection: one key of one vendor.
 */
export type Connection = { 
/**
 * Its id in this profile.
 */
id: string, 
/**
 * The name that the person gave.
 */
name: string, 
/**
 * Whose API it is.
 */
vendor: Vendor, 
/**
 * The national platform.
 */
platform: Platform, 
/**
 * The address in use, without a path.
 */
base_url: string, 
/**
 * The API key's id.
 */
key_id: number, 
/**
 * Its colour in the window.
 */
colour: Colour, 
/**
 * Whether it is the practice directory.
 */
practice: boolean, 
/**
 * Whether the practice directory answers; true for every other connection.
 */
practice_network: boolean, 
/**
 * Which identifiers its platform has.
 */
identifiers: Array<IdentifierKind>, 
/**
 * Whether the vendor's filter knows roles.
 */
role_filter: Capability, 
/**
 * What the last contact said.
 */
link: Link, 
/**
 * What its mirror holds.
 */
mirror: MirrorState, 
/**
 * Why its mirror cannot be read.
 */
mirror_error: ApiError | null, };

/**
 * What a person types to make a connection.
 */
export type ConnectionDraft = { 
/**
 * Whose API it is.
 */
vendor: Vendor, 
/**
 * The national platform.
 */
platform: Platform, 
/**
 * A name of the person's choice.
 */
name: string, 
/**
 * Another address than the platform's own.
 */
base_url: string | null, 
/**
 * The API key's id.
 */
key_id: number, 
/**
 * The API key's secret: comes in here and never goes out.
 */
secret: string, };

/**
 * A connection, by its id.
 */
export type ConnectionRef = { 
/**
 * The connection's id.
 */
connection: string, };

/**
 * A new name and colour.
 */
export type ConnectionRename = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The new name.
 */
name: string, 
/**
 * The new colour.
 */
colour: Colour, };

/**
 * What real requests with a key have shown.
 */
export type ConnectionReport = { 
/**
 * Whether it sees people, and how many.
 */
people: Access, 
/**
 * Whether it sees organizations, and how many.
 */
organizations: Access, 
/**
 * Which roles fit that; more than one where the vendor does not say.
 */
roles: Array<RoleGuess>, 
/**
 * Unix seconds.
 */
checked_at: number, };

/**
 * How strong the contrast is.
 */
export type Contrast = "normal" | "high" | "system";

/**
 * What was copied.
 */
export type CopiedPeople = { 
/**
 * For the clipboard.
 */
text: string, 
/**
 * How many people.
 */
count: number, };

/**
 * What is copied.
 */
export type CopyFormat = "csv" | "json" | "markdown";

/**
 * A live question, for copying.
 */
export type CurlRequest = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The criteria, as JSON text.
 */
filter: string | null, };

/**
 * Which way an order goes.
 */
export type Direction = "ASC" | "DESC";

/**
 * A draft, by its id.
 */
export type DraftRef = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The draft's id.
 */
draft: string, };

/**
 * A draft to keep.
 */
export type DraftSaving = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The draft that is replaced; none: a new one.
 */
id: string | null, 
/**
 * What it is called.
 */
title: string, 
/**
 * What is wanted.
 */
intents: Array<Intent>, };

/**
 * What to do about an error hangs on its code: each is acted on somewhere.
 */
export type ErrorCode = "offline" | "refused" | "denied" | "rate_limited" | "invalid" | "vendor_error" | "vendor_changed" | "keyring_locked" | "keyring_absent" | "keyring_denied" | "keyring_too_long" | "secret_missing" | "signing_key_missing" | "not_found" | "never_synced" | "newer_file" | "damaged_file" | "disk_full" | "file_not_written" | "file_busy" | "file_not_read" | "busy" | "seal_broken" | "over_ceiling" | "secrets_needed" | "not_plan_file" | "file_altered" | "own_plan" | "approval_of_another" | "approval_needed" | "no_clipboard" | "canceled" | "insecure_url" | "internal";

/**
 * Facts that the words and the button of an error need; each is there where it applies.
 */
export type ErrorDetails = { 
/**
 * When a request may go again.
 */
retry_after_seconds?: number, 
/**
 * What is not valid, and where.
 */
violations?: Array<Violation>, 
/**
 * The HTTP status of the vendor's answer.
 */
status?: number, 
/**
 * The vendor's own code.
 */
vendor_code?: string, 
/**
 * The vendor's own words.
 */
vendor_message?: string, 
/**
 * The host or file that it is about.
 */
where?: string, };

/**
 * What the vendor answered when something was tried that its pages leave open.
 */
export type Evidence = { 
/**
 * `user.disable`
 */
action: string, 
/**
 * The role of the key that tried; none if it was not known.
 */
role: string | null, 
/**
 * Whether the vendor did it.
 */
allowed: boolean, 
/**
 * The status with which it refused.
 */
status: number | null, 
/**
 * How often that answer came.
 */
times: number, 
/**
 * Unix seconds.
 */
first_at: number, 
/**
 * Unix seconds.
 */
last_at: number, };

/**
 * A person and criteria.
 */
export type ExplainRequest = { 
/**
 * Of which connection, source and sync; its filter is what is explained.
 */
who: Who, 
/**
 * The person's id.
 */
id: number, };

/**
 * A node of the criteria, and what it says of a person.
 */
export type ExplainedNode = { 
/**
 * What it is.
 */
kind: NodeKind, 
/**
 * What it says.
 */
truth: Truth, 
/**
 * Of a condition: as text.
 */
text: string | null, 
/**
 * Of a condition: the person's own value that decided it, as a person would write it.
 */
value: TextFact | null, 
/**
 * Its parts.
 */
parts: Array<ExplainedNode>, };

/**
 * Why criteria hold for a person, or not.
 */
export type Explanation = { 
/**
 * Whether they hold.
 */
truth: Truth, 
/**
 * The tree; none: the criteria ask for everybody. If the question is not about the person,
 * because of whether the last sync returned them, that stands in it as a condition.
 */
tree: ExplainedNode | null, 
/**
 * The smallest edit that would make them hold; none if they do.
 */
include: FilterEdit | null, 
/**
 * The smallest edit that would make them not hold; none if they do not.
 */
exclude: FilterEdit | null, 
/**
 * The first and the last sync at which they held, of all syncs.
 */
first_match: SyncMark | null, 
/**
 * The last one.
 */
last_match: SyncMark | null, };

/**
 * What a file is written as.
 */
export type ExportFormat = "csv" | "xlsx" | "jsonl";

/**
 * A part of those who match.
 */
export type Facet = { 
/**
 * The value: an organization's name, a role, a year, `any`, an age such as `30d`.
 */
value: TextFact, 
/**
 * How many of those who match.
 */
count: number, 
/**
 * The condition that narrows to it, as text of the query language.
 */
clause: string, };

/**
 * What people are divided by.
 */
export type FacetBy = "organization" | "role" | "vat" | "apb" | "riziv" | "finess" | "cip" | "created_year" | "changed";

/**
 * One division of the people who match.
 */
export type FacetGroup = { 
/**
 * By what.
 */
by: FacetBy, 
/**
 * Its parts: the largest first, years newest first; at most twenty.
 */
parts: Array<Facet>, 
/**
 * How many parts there are in all.
 */
parts_in_all: number, };

/**
 * How the people who match are divided.
 */
export type Facets = { 
/**
 * The groups, in the order to show.
 */
groups: Array<FacetGroup>, 
/**
 * Milliseconds in the engine.
 */
took_ms: number, };

/**
 * A file and its size.
 */
export type FileSize = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its size.
 */
bytes: number, };

/**
 * What an edit does to a part.
 */
export type FilterAct = "remove" | "negate" | "add";

/**
 * One step of an edit.
 */
export type FilterChange = { 
/**
 * What is done.
 */
act: FilterAct, 
/**
 * To which part, as text.
 */
part: string, };

/**
 * Something that may be typed next.
 */
export type FilterCompletion = { 
/**
 * What is shown.
 */
label: string, 
/**
 * What is inserted.
 */
insert: string, 
/**
 * What it is.
 */
kind: CompletionKind, 
/**
 * People of the mirror to whom the value belongs.
 */
count: number | null, 
/**
 * For an organization's id: its name; for a name: its id.
 */
detail: string | null, };

/**
 * What may be typed next.
 */
export type FilterCompletions = { 
/**
 * What is replaced begins here, in UTF-16 code units.
 */
from: number, 
/**
 * And ends here.
 */
until: number, 
/**
 * The best first, at most thirty.
 */
options: Array<FilterCompletion>, };

/**
 * Where somebody types.
 */
export type FilterCursor = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The whole text.
 */
text: string, 
/**
 * Where the cursor stands, in UTF-16 code units.
 */
cursor: number, };

/**
 * A change of criteria.
 */
export type FilterEdit = { 
/**
 * What it does, step by step, in the order of the criteria.
 */
changes: Array<FilterChange>, 
/**
 * What it makes of the text.
 */
text: string, };

/**
 * In which face a filter is written.
 */
export type FilterFace = "text" | "json";

/**
 * Something that is wrong in a writing.
 */
export type FilterProblem = { 
/**
 * Where it begins, in UTF-16 code units.
 */
from: number, 
/**
 * Where it ends.
 */
until: number, 
/**
 * What is wrong, in English.
 */
message: string, 
/**
 * Names the sentence, for another language; none: it is said in English only.
 */
code: string | null, 
/**
 * What stands in the sentence, by name.
 */
values: { [key in string]: string }, 
/**
 * What would be right there, at most eight.
 */
expected: Array<string>, 
/**
 * For JSON: the path, `filter.and[1].foo`.
 */
path: string | null, };

/**
 * What was understood of a writing.
 */
export type FilterReading = { 
/**
 * The criteria as JSON text; none: asks for everybody, or cannot be read (see `problems`).
 */
filter: string | null, 
/**
 * The criteria as text: as it was written if it was text, else in the usual form.
 */
text: string, 
/**
 * The conditions in the order of the text.
 */
clauses: Array<ClauseNote>, 
/**
 * What a live question sends, as the vendor's JSON text; none: no filter.
 */
sent: string | null, 
/**
 * Whether the vendor answers all of it; else the rest is decided on this computer.
 */
sent_is_all: boolean, 
/**
 * What is wrong. Nothing is asked while there are any.
 */
problems: Array<FilterProblem>, };

/**
 * What a person wrote.
 */
export type FilterWriting = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * In which face.
 */
face: FilterFace, 
/**
 * As it was written. Text or JSON; an empty one asks for everybody.
 */
written: string, };

/**
 * The TypeScript of [`IdentifierKind`].
 */
export type IdentifierKind = "vat" | "apb" | "riziv" | "finess" | "cip";

/**
 * A public number of an organization.
 */
export type IdentifierValue = { 
/**
 * Which number.
 */
kind: IdentifierKind, 
/**
 * The number.
 */
value: TextFact, };

/**
 * What the rows of a file come to.
 */
export type ImportChecked = { 
/**
 * How many rows there are.
 */
rows: number, 
/**
 * How many of them would be planned.
 */
planned: number, 
/**
 * As how many steps: rows of the same are joined.
 */
steps: number, 
/**
 * How many are so already.
 */
unchanged: number, 
/**
 * How many cannot be planned.
 */
bad: number, 
/**
 * The first hundred of those.
 */
problems: Array<ImportProblem>, };

/**
 * A column of a file.
 */
export type ImportColumn = { 
/**
 * What it is called.
 */
name: string, 
/**
 * What it seems to mean.
 */
guess: ImportMeaning, 
/**
 * Whether its values seem to be secrets: they are not shown and cannot be imported.
 */
secret: boolean, };

/**
 * What separates the cells of a row.
 */
export type ImportDelimiter = "comma" | "semicolon" | "tab" | "bar";

/**
 * A file of rows: exactly one of the two.
 */
export type ImportFile = { 
/**
 * Where it lies.
 */
path: string | null, 
/**
 * What stands in it, in base 64: a browser hands over that, and not where it lies.
 */
content: string | null, 
/**
 * Its mark when it was looked at: a file that has changed since is refused. None: nobody looked.
 */
mark: string | null, };

/**
 * A file to look at.
 */
export type ImportInspect = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The file.
 */
file: ImportFile, 
/**
 * The kind of act that its rows are to become.
 */
kind: string, };

/**
 * What is seen of a file before anything is decided.
 */
export type ImportInspection = { 
/**
 * What it is written in: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `windows-1252`
 */
encoding: string, 
/**
 * What separates its cells.
 */
delimiter: ImportDelimiter, 
/**
 * Its columns, from left to right.
 */
columns: Array<ImportColumn>, 
/**
 * What the same columns meant the last time; none: there was none.
 */
remembered: Array<ImportMeaning> | null, 
/**
 * How many rows it has.
 */
rows: number, 
/**
 * How many rows are notes that begin with `# ` and are passed over.
 */
notes: number, 
/**
 * Its first rows.
 */
first: Array<ImportRow>, 
/**
 * Tells whether the file is still the one that was looked at.
 */
mark: string, };

/**
 * A file, and what its columns mean.
 */
export type ImportMapping = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The file.
 */
file: ImportFile, 
/**
 * The kind of act that its rows are to become.
 */
kind: string, 
/**
 * What each column means, from left to right.
 */
columns: Array<ImportMeaning>, };

/**
 * What a column means.
 */
export type ImportMeaning = { "is": "ignored" } | { "is": "target" } | { "is": "field", 
/**
 * Its path: `profile.name`
 */
path: string, };

/**
 * What became of planning a file.
 */
export type ImportPlanned = { 
/**
 * None: something is wrong, or nothing is to be done.
 */
plan: PlanSummary | null, 
/**
 * What the rows came to.
 */
checked: ImportChecked, };

/**
 * A file to plan.
 */
export type ImportPlanning = { 
/**
 * The file, and what its columns mean.
 */
import: ImportMapping, 
/**
 * What the plan is called.
 */
title: string, 
/**
 * Plan what can be planned, and leave out what is wrong.
 */
partly: boolean, };

/**
 * A row that cannot be planned.
 */
export type ImportProblem = { 
/**
 * The line that it begins in, from 1.
 */
line: number, 
/**
 * What is wrong, at the paths of fields; `target`; empty: all of it.
 */
violations: Array<ActViolation>, };

/**
 * Rows that were written to a file.
 */
export type ImportRejected = { 
/**
 * How many.
 */
rows: number, };

/**
 * Where the rows go that cannot be planned.
 */
export type ImportRejecting = { 
/**
 * The file, and what its columns mean.
 */
import: ImportMapping, 
/**
 * The file to write. One that is there is replaced.
 */
path: string, };

/**
 * A row of a file.
 */
export type ImportRow = { 
/**
 * The line that it begins in, from 1.
 */
line: number, 
/**
 * Its cells.
 */
cells: Array<string>, };

/**
 * A file to fill in.
 */
export type ImportTemplate = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The kind of act that its rows shall become.
 */
kind: string, 
/**
 * The file to write. One that is there is replaced.
 */
path: string, };

/**
 * What somebody wants done.
 */
export type Intent = { 
/**
 * The kind of act.
 */
kind: string, 
/**
 * What it is done to.
 */
target: ActTarget | null, 
/**
 * The fields by path, as JSON; null takes the value away. Never a secret.
 */
values: Record<string, unknown>, 
/**
 * The paths of secrets that are given beside it.
 */
secrets: Array<string>, 
/**
 * The line of the file that it comes from, from 1.
 */
line: number | null, };

/**
 * Something that cannot be planned.
 */
export type IntentProblem = { 
/**
 * Its place among what was wanted, from 0.
 */
index: number, 
/**
 * The line of the file that it comes from.
 */
line: number | null, 
/**
 * Everything that is wrong, at the paths of fields.
 */
violations: Array<ActViolation>, };

/**
 * What is to be checked.
 */
export type IntentsCheck = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * What is wanted.
 */
intents: Array<Intent>, };

/**
 * What would be done, and what is wrong.
 */
export type IntentsChecked = { 
/**
 * What would be sent.
 */
steps: Array<PlanStep>, 
/**
 * What is wrong.
 */
problems: Array<IntentProblem>, 
/**
 * The places of what is so already.
 */
unchanged: Array<number>, };

/**
 * Long work that runs or ran since the app started.
 */
export type Job = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it does.
 */
kind: JobKind, 
/**
 * The connection it works for.
 */
connection: string, 
/**
 * How it stands.
 */
state: JobState, 
/**
 * What it is at.
 */
phase: JobPhase, 
/**
 * People or organizations of this phase that are done.
 */
done: number, 
/**
 * How many there are in this phase; none: not known yet.
 */
total: number | null, 
/**
 * Unix seconds.
 */
started_at: number, 
/**
 * Unix seconds.
 */
ended_at: number | null, 
/**
 * Unix seconds: the rate limit makes it wait until then.
 */
waiting_until: number | null, 
/**
 * Why it failed.
 */
error: ApiError | null, 
/**
 * What a sync did.
 */
summary: SyncSummary | null, 
/**
 * What an export wrote.
 */
path: string | null, 
/**
 * The plan that is applied.
 */
plan: string | null, 
/**
 * What applying it came to.
 */
applied: AppliedTally | null, };

/**
 * What a job does.
 */
export type JobKind = "sync" | "export" | "apply";

/**
 * What a job is at.
 */
export type JobPhase = "connecting" | "organizations" | "people" | "roles" | "writing" | "applying" | "saving" | "finished";

/**
 * A job, by its id.
 */
export type JobRef = { 
/**
 * The job's id.
 */
job: string, };

/**
 * How a job stands.
 */
export type JobState = "running" | "done" | "failed" | "canceled";

/**
 * A value that may not be known.
 */
export type JsonFact = { "known": "yes", 
/**
 * As JSON.
 */
value: unknown, } | { "known": "none" } | { "known": "unknown" };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

/**
 * What is known of a key.
 */
export type KeyStanding = "own" | "known" | "unknown";

/**
 * Whether a value is known.
 */
export type Known = "yes" | "none" | "unknown";

/**
 * A language of the UI.
 */
export type Language = "en" | "nl" | "fr" | "de";

/**
 * Where the person was.
 */
export type LastPlace = { 
/**
 * The connection's id.
 */
connection: string | null, 
/**
 * The place's name.
 */
place: string | null, };

/**
 * What the last contact with the vendor said.
 */
export type Link = { "state": "untried" } | { "state": "live", 
/**
 * Unix seconds.
 */
at: number, } | { "state": "error", 
/**
 * Unix seconds.
 */
at: number, 
/**
 * Why.
 */
error: ApiError, };

/**
 * An organization and its managers, before and after.
 */
export type ManagedOrganization = { 
/**
 * The organization's id.
 */
id: number, 
/**
 * Its last known name.
 */
name: string | null, 
/**
 * How many manage it now.
 */
before: ManagerCount, 
/**
 * How many would.
 */
after: ManagerCount, 
/**
 * How many others do, the person left out.
 */
others: ManagerCount, 
/**
 * Others who are known to manage it, at most ten.
 */
known: Array<PersonNamed>, 
/**
 * Others who may manage it, at most ten.
 */
possible: Array<PersonNamed>, };

/**
 * How many people manage an organization.
 */
export type ManagerCount = { 
/**
 * Whose role is known to be organization manager.
 */
known: number, 
/**
 * Whose role is not known: they may be.
 */
possible: number, };

/**
 * How many steps have this mark.
 */
export type MarkCount = { 
/**
 * This one.
 */
mark: StepMark, 
/**
 * So many.
 */
count: number, };

/**
 * What the rules say of an action.
 */
export type MayAnswer = { 
/**
 * The action.
 */
action: string, 
/**
 * What they say; none if it depends on the role, which is not known.
 */
answer: RuleAnswer | null, 
/**
 * For one role, or, if it is not known, for every role.
 */
applied: Array<MayApplied>, 
/**
 * Whether a role was asked for, and not the key's own.
 */
asked_for_role: boolean, 
/**
 * Whether anything names this very action.
 */
named: boolean, 
/**
 * What came of trying it with this connection, the newest first.
 */
evidence: Array<Evidence>, };

/**
 * The rules applied to a role and to whom it is done.
 */
export type MayApplied = { 
/**
 * The vendor's own words for the role.
 */
name: string, 
/**
 * Where whom it is done to is, seen from this role; none: nobody was named.
 */
target: MayTarget | null, 
/**
 * What the rules say.
 */
cell: RuleCell, };

/**
 * Whether the key of a connection, or somebody of a role, may do things.
 */
export type MayQuestion = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * Which actions: `user.view`
 */
actions: Array<string>, 
/**
 * The vendor's API value of a role; none: the connection's key.
 */
role: string | null, 
/**
 * To whom it is done.
 */
person: number | null, 
/**
 * To which organization, or in which one.
 */
organization: number | null, 
/**
 * The role that a created person would have.
 */
gives: string | null, };

/**
 * Where somebody is, seen from a role.
 */
export type MayTarget = { 
/**
 * Whether it is the person who acts.
 */
own: Truth, 
/**
 * Whether it is in the own organization.
 */
organization: Truth, 
/**
 * Whether it is in a linked organization.
 */
linked: Truth, };

/**
 * What the mirror of a connection holds.
 */
export type MirrorState = { 
/**
 * None: never synced.
 */
last_sync: SyncSummary | null, 
/**
 * People of the last sync.
 */
people: number, 
/**
 * Organizations of the last sync.
 */
organizations: number, 
/**
 * People that the last sync did not return any more.
 */
missing: number, 
/**
 * People that at least two syncs did not return any more.
 */
gone: number, };

/**
 * Steps that need a password again: it was in memory alone, and the app has ended since.
 */
export type MissingSecrets = { 
/**
 * How many of those that wait.
 */
waiting: number, 
/**
 * How many of those that were refused.
 */
rejected: number, 
/**
 * The first of them all, from 1.
 */
first: number | null, };

/**
 * A time that the vendor may not have told us.
 */
export type Moment = { "known": "yes", 
/**
 * Unix seconds.
 */
at: number, } | { "known": "none" } | { "known": "unknown" };

/**
 * How many of the steps that wait stand on something that has changed since.
 */
export type MovedBases = { 
/**
 * Steps that wait and change something that was known.
 */
based: number, 
/**
 * Those of them of which something else is known by now.
 */
moved: number, 
/**
 * When the last sync finished, Unix seconds.
 */
as_of: number | null, };

/**
 * An organization that a name stands for.
 */
export type NamedOrganization = { 
/**
 * The vendor's id.
 */
id: number, 
/**
 * Its name.
 */
name: string, };

/**
 * What ids are called, as far as it is known here.
 */
export type NamesKnown = { 
/**
 * The names of people by id.
 */
people: Record<string, string>, 
/**
 * The names of organizations by id.
 */
organizations: Record<string, string>, 
/**
 * All types of subscription, as they were read last.
 */
subscription_types: Array<SubscriptionType>, };

/**
 * Ids of which the names are wanted.
 */
export type NamesQuestion = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * People's ids.
 */
people: Array<number>, 
/**
 * Organizations' ids.
 */
organizations: Array<number>, };

/**
 * What a node is.
 */
export type NodeKind = "clause" | "and" | "or" | "not" | "off";

/**
 * Some steps of a plan that was opened from a file.
 */
export type OpenedSteps = { 
/**
 * The plan's seal.
 */
seal: string, 
/**
 * Those with this mark; none: all.
 */
mark: StepMark | null, 
/**
 * The first one, from 0.
 */
offset: number, 
/**
 * How many at most.
 */
limit: number, };

/**
 * A column of organizations that can be sorted.
 */
export type OrganizationColumn = "id" | "name" | "kind" | "people";

/**
 * A person's organization.
 */
export type OrganizationRef = { "known": "yes", 
/**
 * The vendor's id.
 */
id: number, 
/**
 * None: the key cannot see it.
 */
name: string | null, } | { "known": "none" } | { "known": "unknown" };

/**
 * An organization in a list.
 */
export type OrganizationRow = { 
/**
 * The vendor's id.
 */
id: number, 
/**
 * The display name.
 */
name: string, 
/**
 * The vendor's API value of its type.
 */
kind: TextFact, 
/**
 * The numbers that its platform knows.
 */
identifiers: Array<IdentifierValue>, 
/**
 * People of the last sync in it; none if live.
 */
people: number | null, 
/**
 * Whether the last sync returned it.
 */
presence: Presence, };

/**
 * An answer about organizations.
 */
export type OrganizationsAnswer = { 
/**
 * How many match.
 */
total: number, 
/**
 * For how many the filter needs a value that is not known; live always 0.
 */
possible: number, 
/**
 * Index of the first row.
 */
offset: number, 
/**
 * The rows.
 */
rows: Array<OrganizationRow>, 
/**
 * Unix seconds: of the sync, or now if live.
 */
as_of: number, 
/**
 * Milliseconds in the engine.
 */
took_ms: number, };

/**
 * A question about organizations.
 */
export type OrganizationsQuestion = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * Where the answer shall come from.
 */
source: Source, 
/**
 * The vendor's filter, as JSON text.
 */
filter: string | null, 
/**
 * Quick search by name, id or identifier; the mirror only.
 */
search: string | null, 
/**
 * Which rows of the mirror count.
 */
seen: Seen, 
/**
 * In which order.
 */
sort: OrganizationsSort, 
/**
 * Index of the first row.
 */
offset: number, 
/**
 * The most rows. Live: 10, 50, 100 or 250, and the offset a multiple of it.
 */
limit: number, };

/**
 * An order of organizations.
 */
export type OrganizationsSort = { 
/**
 * By what; live by id and name only.
 */
by: OrganizationColumn, 
/**
 * Which way.
 */
direction: Direction, };

/**
 * The outbox in an order.
 */
export type OutboxOrder = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The ids of the plans, the first to be sent first.
 */
plans: Array<string>, };

/**
 * An answer about people.
 */
export type PeopleAnswer = { 
/**
 * How many match.
 */
total: number, 
/**
 * How many more may match: something that decides it is not known.
 */
possible: number, 
/**
 * Index of the first row.
 */
offset: number, 
/**
 * The rows.
 */
rows: Array<PersonRow>, 
/**
 * Unix seconds: of the sync, or now if live.
 */
as_of: number, 
/**
 * Milliseconds in the engine.
 */
took_ms: number, };

/**
 * People to take out.
 */
export type PeopleCopy = { 
/**
 * Whom.
 */
who: Who, 
/**
 * In which order.
 */
sort: Array<PeopleSort>, 
/**
 * Which columns, from left to right (see [`ViewColumn`](super::ViewColumn)).
 */
columns: Array<string>, 
/**
 * What the columns are called, in the same order.
 */
headings: Array<string>, 
/**
 * As what.
 */
format: CopyFormat, };

/**
 * People to write to a file.
 */
export type PeopleExport = { 
/**
 * Whom.
 */
who: Who, 
/**
 * The query as it was written, for the note beside the file.
 */
text: string, 
/**
 * In which order.
 */
sort: Array<PeopleSort>, 
/**
 * Which columns, from left to right.
 */
columns: Array<string>, 
/**
 * What the columns are called, in the same order.
 */
headings: Array<string>, 
/**
 * As what.
 */
format: ExportFormat, 
/**
 * Where to. A file that is there is replaced, all at once, when the new one is complete.
 */
path: string, 
/**
 * Leave texts that a spreadsheet would take for formulas as they are.
 */
keep_formulas: boolean, };

/**
 * A question about people.
 */
export type PeopleQuestion = { 
/**
 * Who is asked for.
 */
who: Who, 
/**
 * In which order: by the first, equals by the second, and so on; by id in the end.
 */
sort: Array<PeopleSort>, 
/**
 * Index of the first row.
 */
offset: number, 
/**
 * The most rows. Live: 10, 50, 100 or 250, and the offset a multiple of it.
 */
limit: number, 
/**
 * Keep it among the recent questions under this text.
 */
remember: string | null, };

/**
 * An order of people.
 */
export type PeopleSort = { 
/**
 * By what; live by id only, unless a part of the question is decided on this computer.
 */
by: PersonColumn, 
/**
 * Which way.
 */
direction: Direction, };

/**
 * Whether a step may be sent, as far as the rules say.
 */
export type Permitted = "yes" | "depends_on_scope" | "contested" | "undocumented" | "no";

/**
 * A person to be taken as an example.
 */
export type PersonCloning = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The person's id.
 */
person: number, };

/**
 * A column of people that can be sorted.
 */
export type PersonColumn = "id" | "name" | "organization" | "role" | "created_at" | "updated_at" | "last_changed";

/**
 * Everything that is known of a person.
 */
export type PersonDetails = { 
/**
 * As in the list.
 */
row: PersonRow, 
/**
 * The organization, if the key can see it.
 */
organization: OrganizationRow | null, 
/**
 * Every value, known or not, in the order to show.
 */
values: Array<ValueWithProvenance>, 
/**
 * Unix seconds: the first sync that returned the person.
 */
first_seen: number | null, 
/**
 * Unix seconds: the last sync that brought other values.
 */
last_changed: number | null, };

/**
 * A person, by name.
 */
export type PersonNamed = { 
/**
 * The person's id.
 */
id: number, 
/**
 * The display name.
 */
name: string, };

/**
 * A person, by id.
 */
export type PersonRef = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * Where the answer shall come from.
 */
source: Source, 
/**
 * The mirror as a past sync left it; none: as it is now.
 */
as_of: number | null, 
/**
 * The vendor's id.
 */
id: number, };

/**
 * A person in a list.
 */
export type PersonRow = { 
/**
 * The vendor's id.
 */
id: number, 
/**
 * The display name.
 */
name: string, 
/**
 * The organization.
 */
organization: OrganizationRef, 
/**
 * When the vendor created the person.
 */
created_at: Moment, 
/**
 * When the vendor last changed the person.
 */
updated_at: Moment, 
/**
 * Whether the last sync returned the person.
 */
presence: Presence, 
/**
 * The role's API value, learnt by the vendor's role filter, live by the question itself if it
 * asks for one role.
 */
role: TextFact, 
/**
 * The organization's numbers, in the order of the connection's `identifiers`.
 */
identifiers: Array<TextFact>, 
/**
 * Unix seconds: the last sync that noticed a change; none if live and never synced.
 */
last_changed: number | null, 
/**
 * Of a possible match: the columns of the values that are not known and decide it (see
 * [`ViewColumn`](super::ViewColumn)); `seen` for what the last sync said.
 */
missing_values: Array<string>, };

/**
 * What somebody has said of a plan.
 */
export type PlanApproval = { 
/**
 * What was decided.
 */
decision: PlanDecision, 
/**
 * Why; may be empty.
 */
comment: string, 
/**
 * When, by that person's clock, Unix seconds.
 */
at: number, 
/**
 * When it was taken in here, Unix seconds.
 */
read_at: number, 
/**
 * Who.
 */
signer: Signatory, 
/**
 * Whether the same person has said something else later.
 */
is_outdated: boolean, 
/**
 * Whether a plan that needs a second person may be applied for it.
 */
counts: boolean, };

/**
 * What others have said of a plan.
 */
export type PlanApprovals = { 
/**
 * The plan's id.
 */
plan: string, 
/**
 * Whether it needs a second person.
 */
needed: boolean, 
/**
 * Whether somebody who counts has approved it.
 */
approved: boolean, 
/**
 * In the order in which it was said.
 */
rows: Array<PlanApproval>, };

/**
 * What somebody thinks of a plan that was opened from a file.
 */
export type PlanDeciding = { 
/**
 * The plan's seal.
 */
seal: string, 
/**
 * What was decided.
 */
decision: PlanDecision, 
/**
 * Why; may be empty.
 */
comment: string, 
/**
 * Where the signed answer is written to.
 */
path: string, };

/**
 * What somebody thinks of a plan.
 */
export type PlanDecision = "approved" | "rejected";

/**
 * A plan to write to a file for a second person.
 */
export type PlanExport = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, 
/**
 * Where.
 */
path: string, };

/**
 * A plan file to look at: exactly one of the two.
 */
export type PlanFileOpening = { 
/**
 * A file.
 */
path: string | null, 
/**
 * What stands in one.
 */
content: string | null, };

/**
 * A plan that somebody sent, whole and signed.
 */
export type PlanFilePreview = { 
/**
 * The plan as its author has it.
 */
plan: PlanSummary, 
/**
 * The name of its author's connection.
 */
connection_name: string, 
/**
 * Who signed it.
 */
author: Signatory, 
/**
 * Whether it was made or signed here: nobody approves a plan of their own.
 */
is_mine: boolean, 
/**
 * The connection here to the same server, by the same key if there is one.
 */
connection: string | null, };

/**
 * What became of making a plan.
 */
export type PlanMade = { 
/**
 * None: something is wrong, or nothing is to be done.
 */
plan: PlanSummary | null, 
/**
 * What is wrong.
 */
problems: Array<IntentProblem>, 
/**
 * The places of what is so already.
 */
unchanged: Array<number>, };

/**
 * A plan to make.
 */
export type PlanMaking = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * What is wanted.
 */
intents: Array<Intent>, 
/**
 * Secrets of it.
 */
secrets: Array<SecretGiving>, 
/**
 * Plan what can be planned, and leave out what is wrong.
 */
partly: boolean, };

/**
 * A plan, by its id.
 */
export type PlanRef = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, };

/**
 * A plan to apply.
 */
export type PlanStarting = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, 
/**
 * How many steps take access away, typed by the person: needed beyond the ceiling.
 */
takes_away: number | null, };

/**
 * How a plan stands.
 */
export type PlanState = "made" | "queued" | "running" | "paused" | "ended" | "canceled" | "replaced";

/**
 * One request that changes something.
 */
export type PlanStep = { 
/**
 * From 1.
 */
no: number, 
/**
 * The kind of act.
 */
kind: string, 
/**
 * What it is done to.
 */
target: ActTarget | null, 
/**
 * Field by field.
 */
changes: Array<StepChange>, 
/**
 * The paths of secrets that are sent with it.
 */
secrets: Array<string>, 
/**
 * What the rules say, an action each.
 */
allowed: Array<StepAllowed>, 
/**
 * The weakest of the answers.
 */
permitted: Permitted, 
/**
 * How it is undone.
 */
undo: UndoWay, 
/**
 * The fields that undoing cannot bring back: it is not known what they were.
 */
not_restored: Array<string>, 
/**
 * Whether something of it cannot be taken back.
 */
is_final: boolean, 
/**
 * Whether it takes access away.
 */
takes_away: boolean, 
/**
 * Whether the vendor's endpoint is our reading only.
 */
reading_only: boolean, 
/**
 * The line of the file that it comes from.
 */
line: number | null, 
/**
 * When what it is based on was learnt, Unix seconds.
 */
based_on: number | null, };

/**
 * A step of a plan, and what became of it.
 */
export type PlanStepRow = { 
/**
 * What was planned.
 */
step: PlanStep, 
/**
 * How it stands.
 */
state: StepState, 
/**
 * The id that its last request carried.
 */
request_id: string | null, 
/**
 * When that was sent, Unix milliseconds.
 */
sent_at: number | null, 
/**
 * When it came to its end, Unix milliseconds.
 */
ended_at: number | null, 
/**
 * What it made.
 */
made: ActTarget | null, 
/**
 * The status of the vendor's answer.
 */
status: number | null, 
/**
 * The vendor's own code.
 */
vendor_code: string | null, 
/**
 * Why it stands so, where that is ours to say.
 */
reason: StepReason | null, 
/**
 * The vendor's words, or more about the reason, in English.
 */
message: string | null, 
/**
 * What the vendor says is wrong.
 */
violations: Array<ActViolation>, 
/**
 * What three disagree on.
 */
conflicts: Array<StepConflict>, 
/**
 * When the vendor was asked for it by hand, Unix seconds.
 */
asked_at: number | null, 
/**
 * When the sync finished that shows what the vendor was asked for, Unix seconds.
 */
proved_at: number | null, 
/**
 * The paths of secrets that are in memory for it: `password` that was given or made, `secret`
 * of a key that the vendor has made.
 */
held: Array<string>, 
/**
 * Those of them that nobody has yet: made, and neither copied nor kept.
 */
untaken: Array<string>, };

/**
 * A plan, and how far it is.
 */
export type PlanSummary = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * How it stands.
 */
state: PlanState, 
/**
 * Its place in the outbox, from 1.
 */
position: number | null, 
/**
 * When it was made, Unix seconds.
 */
made_at: number, 
/**
 * By which account of the operating system.
 */
made_by: string, 
/**
 * When it changed last, Unix seconds.
 */
changed_at: number, 
/**
 * The server that it is for.
 */
host: string, 
/**
 * The key by which it is sent.
 */
key_id: number, 
/**
 * The role of the key's user that the rules were read for.
 */
role: string | null, 
/**
 * The sync that it was made on.
 */
base_sync: number | null, 
/**
 * How many steps there are.
 */
steps: number, 
/**
 * How many requests they take at most.
 */
requests: number, 
/**
 * How long they take under the rate limit, in seconds.
 */
seconds: number, 
/**
 * How many of them take access away.
 */
takes_away: number, 
/**
 * The plan that this one undoes.
 */
undoes: string | null, 
/**
 * The plan that was made of this one again.
 */
replaced_by: string | null, 
/**
 * How many steps stand like this; those with none are left out.
 */
counts: Array<StepCount>, 
/**
 * How many of its steps have which mark; those with none are left out. Empty in a list of
 * plans: it takes reading all of it.
 */
marks: Array<MarkCount>, 
/**
 * SHA-256 over all of it.
 */
seal: string, 
/**
 * Whether it is what was sealed, as far as that was looked at.
 */
is_whole: boolean, 
/**
 * Its secrets that nobody has yet.
 */
untaken: UntakenSecrets, 
/**
 * The steps that need a password again. None in a list of plans: it takes reading all of it.
 */
missing: MissingSecrets, };

/**
 * A plan to undo.
 */
export type PlanUndoing = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, 
/**
 * What the plan that undoes it is called.
 */
title: string, };

/**
 * The TypeScript of [`Platform`].
 */
export type Platform = "be" | "fr" | "de" | "au";

/**
 * Whether the practice directory answers.
 */
export type PracticeNetwork = { 
/**
 * False: as if the network were gone.
 */
on: boolean, };

/**
 * Whether the last sync returned it.
 */
export type Presence = "present" | "missing" | "gone";

/**
 * How a value was learnt.
 */
export type Provenance = "returned" | "filter" | "written" | "overtaken";

/**
 * A question that was asked before.
 */
export type RecentQuestion = { 
/**
 * The query as it was written.
 */
text: string, 
/**
 * Where the answer came from.
 */
source: Source, 
/**
 * How many matched.
 */
total: number, 
/**
 * How many more may have.
 */
possible: number, 
/**
 * Milliseconds in the engine.
 */
took_ms: number, 
/**
 * Unix seconds: when it was asked last.
 */
asked_at: number, };

/**
 * What removing a connection would delete.
 */
export type RemovalPreview = { 
/**
 * The files, with their sizes.
 */
files: Array<FileSize>, 
/**
 * People in the mirror.
 */
people: number, 
/**
 * Organizations in the mirror.
 */
organizations: number, 
/**
 * Syncs of its history.
 */
syncs: number, 
/**
 * Whether a secret is deleted from the keyring too.
 */
secret: boolean, };

/**
 * A condition that keeps people out.
 */
export type Responsible = { 
/**
 * The condition, as text.
 */
text: string, 
/**
 * How many.
 */
count: number, };

/**
 * What is documented of an action.
 */
export type RoleAction = { 
/**
 * `user.view`
 */
action: string, 
/**
 * What the vendor's page says.
 */
verdict: Verdict, 
/**
 * On what: own, organization, linked, platform, project.
 */
scope: string, 
/**
 * A condition in words.
 */
note: string | null, 
/**
 * The most items.
 */
limit: number | null, 
/**
 * The letter of its source in `docs/contract/`.
 */
source: string, };

/**
 * A role that fits what was seen.
 */
export type RoleGuess = { 
/**
 * The vendor's API value.
 */
role: string, 
/**
 * The vendor's own words.
 */
name: string, 
/**
 * What it follows from.
 */
reason: RoleReason, 
/**
 * What is documented of it.
 */
may: Array<RoleAction>, };

/**
 * What a guess of a role follows from.
 */
export type RoleReason = "sees_one_organization" | "sees_many_organizations" | "sees_no_organization" | "may_not_see_people";

/**
 * An action, and what each role may of it.
 */
export type RuleAction = { 
/**
 * `user.view`
 */
action: string, 
/**
 * One a role, in the order of the roles.
 */
cells: Array<RuleCell>, };

/**
 * What the rules say.
 */
export type RuleAnswer = "yes" | "yes_within" | "no" | "outside_scope" | "depends_on_scope" | "other_role_only" | "contested" | "undocumented";

/**
 * What the rules say of a role and an action.
 */
export type RuleCell = { 
/**
 * The vendor's API value of the role.
 */
role: string, 
/**
 * What they say.
 */
answer: RuleAnswer, 
/**
 * On what.
 */
scopes: Array<RuleScope>, 
/**
 * The most items.
 */
limit: number | null, 
/**
 * The rows that it follows from.
 */
rows: Array<RuleRow>, };

/**
 * What would become of an action.
 */
export type RuleChange = { 
/**
 * `user.view`
 */
action: string, 
/**
 * What the rules say now.
 */
before: RuleCell, 
/**
 * What they would say; none without an account.
 */
after: RuleCell | null, };

/**
 * Actions on one kind of thing.
 */
export type RuleGroup = { 
/**
 * What they are done to, the first word of their names: `user`.
 */
prefix: string, 
/**
 * The actions.
 */
actions: Array<RuleAction>, };

/**
 * A purpose of an account, and the role that is documented for it.
 */
export type RuleNeed = { 
/**
 * What the account is for: `synchronize`
 */
purpose: string, 
/**
 * Who uses it, where that decides: `software`, `profession`
 */
user: string | null, 
/**
 * The role that suits.
 */
role: string, 
/**
 * Where that is documented.
 */
source: RuleSource, };

/**
 * A role.
 */
export type RuleRole = { 
/**
 * The vendor's API value.
 */
id: string, 
/**
 * The vendor's own words.
 */
name: string, 
/**
 * What it is for, in the vendor's words.
 */
purpose: string, 
/**
 * Where that is documented.
 */
source: RuleSource, 
/**
 * The role whose rows count for it too, by its API value.
 */
same_as: string | null, 
/**
 * People of the last sync who have it; none before the first one.
 */
people: number | null, };

/**
 * A documented fact.
 */
export type RuleRow = { 
/**
 * The role that the page speaks of: another one, if a role may the same.
 */
role: string, 
/**
 * The action that the page speaks of; `*` stands for any part.
 */
action: string, 
/**
 * What the page says.
 */
verdict: Verdict, 
/**
 * On what.
 */
scope: RuleScope, 
/**
 * The most items.
 */
limit: number | null, 
/**
 * A condition in words.
 */
note: string | null, 
/**
 * The only role that the action may give.
 */
only_role: string | null, 
/**
 * Where it is documented.
 */
source: RuleSource, };

/**
 * On what a role may act.
 */
export type RuleScope = "own" | "organization" | "linked" | "platform" | "project";

/**
 * Where facts are from.
 */
export type RuleSource = { 
/**
 * The letter of `docs/contract/`.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * How much it is worth.
 */
kind: SourceKind, };

/**
 * All that is documented of the roles of a connection's vendor.
 */
export type RulesMatrix = { 
/**
 * The day on which the vendor's pages were read for the last time: `2026-11-21`.
 */
dated: string, 
/**
 * Where the facts are from.
 */
sources: Array<RuleSource>, 
/**
 * The roles: the columns.
 */
roles: Array<RuleRole>, 
/**
 * The actions in groups: the rows.
 */
groups: Array<RuleGroup>, 
/**
 * Which role suits which purpose.
 */
needs: Array<RuleNeed>, 
/**
 * Who the connection's key is.
 */
actor: Actor, 
/**
 * People of the last sync whose role is not known; none before the first one.
 */
people_unknown: number | null, 
/**
 * What came of trying what the pages leave open, the newest first.
 */
evidence: Array<Evidence>, };

/**
 * A subscription that runs.
 */
export type RunningSubscription = { 
/**
 * The id of its type.
 */
kind: number, 
/**
 * Its name by language.
 */
names: Record<string, string>, 
/**
 * Unix seconds.
 */
start: number | null, 
/**
 * Unix seconds.
 */
end: number | null, };

/**
 * Light or dark.
 */
export type Scheme = "light" | "dark" | "system";

/**
 * Whether plans of a connection need a second person.
 */
export type SecondPerson = { 
/**
 * Whether they do.
 */
needed: boolean, };

/**
 * Whether plans of a connection shall need a second person.
 */
export type SecondPersonSetting = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * Whether they do.
 */
needed: boolean, };

/**
 * A secret that was put into the clipboard.
 */
export type SecretCopied = { 
/**
 * After so many seconds it is taken out again.
 */
seconds: number, };

/**
 * A secret of something that is wanted.
 */
export type SecretGiving = { 
/**
 * The place of what is wanted, from 0.
 */
index: number, 
/**
 * The path of the field.
 */
path: string, 
/**
 * Comes in here and never goes out; none: a strong one is made.
 */
secret: string | null, };

/**
 * A new secret of a key.
 */
export type SecretReplacement = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The API key's secret: comes in here and never goes out.
 */
secret: string, };

/**
 * Which rows of the mirror count.
 */
export type Seen = "present" | "missing" | "all";

/**
 * What a person chose for the whole app.
 */
export type Settings = { 
/**
 * None: the system's language, or English.
 */
language: Language | null, 
/**
 * Light or dark.
 */
scheme: Scheme, 
/**
 * How strong the contrast is.
 */
contrast: Contrast, 
/**
 * How many steps of a plan may take access away before the person has to type how many do.
 */
ceiling: number, };

/**
 * A shared view.
 */
export type SharedView = { 
/**
 * `muster://view/…`; none: the view is too long for a link, which only a file can help.
 */
link: string | null, 
/**
 * The file that was written.
 */
path: string | null, };

/**
 * Whoever has signed a file.
 */
export type Signatory = { 
/**
 * 32 bytes in base64.
 */
public_key: string, 
/**
 * Its SHA-256 in groups of four hexadecimal digits.
 */
fingerprint: string, 
/**
 * The account of the operating system, as it says itself.
 */
account: string, 
/**
 * What is known of the key.
 */
standing: KeyStanding, 
/**
 * Whose it is, if that is known.
 */
name: string | null, };

/**
 * A signed file that was written.
 */
export type SignedFile = { 
/**
 * Where.
 */
path: string, 
/**
 * The fingerprint of the key that signed it.
 */
fingerprint: string, };

/**
 * Who signs here.
 */
export type SigningIdentity = { 
/**
 * The public key, 32 bytes in base64.
 */
public_key: string, 
/**
 * Its SHA-256 in groups of four hexadecimal digits.
 */
fingerprint: string, 
/**
 * When it was made, Unix seconds.
 */
made_at: number, };

/**
 * Whether a signing key shall be made.
 */
export type SigningWish = { 
/**
 * Make one if there is none.
 */
create: boolean, 
/**
 * Make another one in the place of the one that there is.
 */
renew: boolean, };

/**
 * Where an answer comes from.
 */
export type Source = "mirror" | "live";

/**
 * How much a source is worth.
 */
export type SourceKind = "vendor" | "reading";

/**
 * What the rules say of a step.
 */
export type StepAllowed = { 
/**
 * The action.
 */
action: string, 
/**
 * Whether it may be sent.
 */
answer: Permitted, 
/**
 * The rows that decide.
 */
rows: Array<StepRule>, };

/**
 * A field, before and after.
 */
export type StepChange = { 
/**
 * Where it stands in the vendor's body.
 */
path: string, 
/**
 * What it was.
 */
before: JsonFact, 
/**
 * What it will be; null takes it away.
 */
after: unknown, };

/**
 * A field that three disagree on.
 */
export type StepConflict = { 
/**
 * Which; `updated_at` if the vendor does not tell which one changed.
 */
path: string, 
/**
 * What it was when the plan was made.
 */
base: JsonFact, 
/**
 * What the plan wants.
 */
mine: unknown, 
/**
 * What it is now.
 */
theirs: JsonFact, };

/**
 * How many steps stand like this.
 */
export type StepCount = { 
/**
 * Like this.
 */
state: StepState, 
/**
 * So many.
 */
count: number, };

/**
 * Something that is to be known of a step before it is sent.
 */
export type StepMark = "takes_away" | "final" | "partly_final" | "reading_only" | "contested" | "undocumented" | "scope_unknown";

/**
 * Why a step stands as it does, where that is ours to say.
 */
export type StepReason = "unknown_act" | "not_allowed" | "secret_needed" | "target_gone" | "not_confirmed" | "read_back_differs" | "not_readable" | "not_told" | "several_found" | "secret_lost" | "no_endpoint";

/**
 * A row of the rules that decides.
 */
export type StepRule = { 
/**
 * Whose.
 */
role: string, 
/**
 * The action as the row names it.
 */
action: string, 
/**
 * `allow`, `deny`, `contested`
 */
verdict: string, 
/**
 * `own`, `organization`, `linked`, `platform`, `project`
 */
scope: string, 
/**
 * The title of the page that says so.
 */
source: string, };

/**
 * A secret of a step that was not kept, given again.
 */
export type StepSecretGiving = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, 
/**
 * The step's number.
 */
step: number, 
/**
 * The path of the field: `password`
 */
path: string, 
/**
 * Comes in here and never goes out; none: a strong one is made.
 */
secret: string | null, };

/**
 * The secret of a key that the vendor has made, to be kept as a new connection.
 */
export type StepSecretKeeping = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, 
/**
 * The step's number.
 */
step: number, 
/**
 * What the new connection is called.
 */
name: string, };

/**
 * A secret of a step.
 */
export type StepSecretRef = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, 
/**
 * The step's number.
 */
step: number, 
/**
 * `password` or `secret`
 */
path: string, };

/**
 * How a step stands.
 */
export type StepState = "waiting" | "sending" | "applied" | "accepted" | "already_so" | "rejected" | "superseded" | "unknown" | "pending";

/**
 * Some steps of a plan.
 */
export type StepsAnswer = { 
/**
 * How many there are of those that are asked for.
 */
total: number, 
/**
 * These.
 */
rows: Array<PlanStepRow>, };

/**
 * Which steps of a plan are wanted.
 */
export type StepsQuestion = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, 
/**
 * Those that stand like this; empty: all.
 */
states: Array<StepState>, 
/**
 * Those with this mark, however they stand; none: as `states` says.
 */
mark: StepMark | null, 
/**
 * The first one, from 0.
 */
offset: number, 
/**
 * How many at most.
 */
limit: number, };

/**
 * Steps to send again.
 */
export type StepsRetrying = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The plan's id.
 */
plan: string, 
/**
 * Their numbers; empty: all that were refused.
 */
steps: Array<number>, };

/**
 * An organization with its subscriptions and keys, as the vendor says now.
 */
export type SubscribedOrganization = { 
/**
 * The organization's id.
 */
organization: number, 
/**
 * Its name; none: the vendor did not say.
 */
name: string | null, 
/**
 * The subscriptions that run.
 */
subscriptions: Array<RunningSubscription>, 
/**
 * Its keys, without their secrets.
 */
api_keys: Array<ApiKeyRow>, };

/**
 * A type of subscription.
 */
export type SubscriptionType = { 
/**
 * The vendor's id.
 */
id: number, 
/**
 * The vendor's code.
 */
code: string | null, 
/**
 * Its name by language.
 */
names: Record<string, string>, };

/**
 * The types of subscription, and when they were read.
 */
export type SubscriptionTypes = { 
/**
 * All of them.
 */
types: Array<SubscriptionType>, 
/**
 * Unix seconds.
 */
read_at: number, };

/**
 * Organizations whose subscriptions are to be checked.
 */
export type SubscriptionsCheck = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The organizations' ids.
 */
organizations: Array<number>, };

/**
 * A sync, as a point in time.
 */
export type SyncMark = { 
/**
 * Its id.
 */
id: number, 
/**
 * Unix seconds: when it finished.
 */
at: number, 
/**
 * People after it.
 */
people: number, };

/**
 * A sync that was completed.
 */
export type SyncSummary = { 
/**
 * Ascending from one.
 */
id: number, 
/**
 * Unix seconds.
 */
started_at: number, 
/**
 * Unix seconds.
 */
finished_at: number, 
/**
 * What it changed.
 */
people: Changes, 
/**
 * What it changed.
 */
organizations: Changes, };

/**
 * A text that the vendor may not have told us.
 */
export type TextFact = { "known": "yes", 
/**
 * The text.
 */
text: string, } | { "known": "none" } | { "known": "unknown" };

/**
 * What acts are about.
 */
export type Thing = "person" | "organization" | "api_key";

/**
 * Whether something holds, as far as is known.
 */
export type Truth = "yes" | "no" | "unknown";

/**
 * How an act is undone.
 */
export type UndoWay = "restore" | "disable" | "never";

/**
 * Secrets that nobody has yet: they were made, and neither copied nor kept.
 */
export type UntakenSecrets = { 
/**
 * How many.
 */
count: number, 
/**
 * The first step with one, from 1.
 */
first: number | null, };

/**
 * A value, and how we know it.
 */
export type ValueWithProvenance = { 
/**
 * `id`, `name`, `organization`, `created_at`, `updated_at`, `role`, `email`, `enabled`,
 * `language`, `public`, `target_groups`, `subscription_type`, `subscription_start`,
 * `subscription_end`, or the vendor's own key.
 */
key: string, 
/**
 * Whether it is known.
 */
known: Known, 
/**
 * JSON; null unless known.
 */
value: unknown, 
/**
 * How it was learnt; none if it is not known.
 */
from: Provenance | null, 
/**
 * Unix seconds: when it was learnt.
 */
at: number | null, };

/**
 * Where secrets are kept.
 */
export type VaultKind = "keyring" | "file" | "memory";

/**
 * A vendor.
 */
export type Vendor = "medipim";

/**
 * What is documented of an action.
 */
export type Verdict = "allow" | "deny" | "contested";

/**
 * A saved view.
 */
export type View = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name, unique in the connection.
 */
name: string, 
/**
 * What it shows; none: this version of the app cannot read it.
 */
state: ViewState | null, 
/**
 * What this version cannot read of it.
 */
problems: Array<Violation>, 
/**
 * Unix seconds.
 */
changed_at: number, };

/**
 * A column that is shown.
 */
export type ViewColumn = { 
/**
 * Which: `name`, `organization`, `role`, `id`, `created_at`, `updated_at`, `last_changed`,
 * `presence`, `vat`, `apb`, `riziv`, `finess`, `cip`.
 */
id: string, 
/**
 * Pixels; none: the usual.
 */
width: number | null, 
/**
 * Whether it stays when others scroll.
 */
pinned: boolean, };

/**
 * A view to keep.
 */
export type ViewDraft = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The view that is replaced; none: a new one.
 */
id: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * What it shows; none: what the replaced one shows, also what cannot be read of it.
 */
state: ViewState | null, 
/**
 * Replace also what this version of the app cannot read of the one that is there.
 */
discard: boolean, };

/**
 * Something shared to look at: exactly one of the three.
 */
export type ViewOpening = { 
/**
 * For which connection.
 */
connection: string, 
/**
 * A link.
 */
link: string | null, 
/**
 * A file.
 */
path: string | null, 
/**
 * What stands in a file.
 */
content: string | null, };

/**
 * What a shared view would show. Nothing has been kept.
 */
export type ViewPreview = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it shows.
 */
state: ViewState, 
/**
 * What does not fit this connection.
 */
problems: Array<FilterProblem>, 
/**
 * How many match in the mirror; none if never synced or with problems.
 */
total: number | null, };

/**
 * A saved view, by id.
 */
export type ViewRef = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The view's id.
 */
view: string, };

/**
 * A view to share.
 */
export type ViewShare = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it shows.
 */
state: ViewState, 
/**
 * Write it to this file; none: only make the link.
 */
path: string | null, };

/**
 * A question with the way its answer is shown.
 */
export type ViewState = { 
/**
 * The query as it was written.
 */
text: string, 
/**
 * The columns from left to right.
 */
columns: Array<ViewColumn>, 
/**
 * In which order.
 */
sort: Array<PeopleSort>, 
/**
 * Where the answer comes from.
 */
source: Source, };

/**
 * One thing that is not valid.
 */
export type Violation = { 
/**
 * Where: `filter.and[1].foo`.
 */
path: string, 
/**
 * What is wrong, in English.
 */
message: string, 
/**
 * Names the sentence in other languages.
 */
code?: string, 
/**
 * What stands in that sentence.
 */
values?: { [key in string]: string }, };

/**
 * For whom the criteria hold, or may.
 */
export type Wanted = "matching" | "possible";

/**
 * What would be done to a person.
 */
export type WhatIfDeal = { "kind": "role", 
/**
 * The vendor's API value.
 */
role: string, } | { "kind": "disable" } | { "kind": "delete" } | { "kind": "move", 
/**
 * Its id.
 */
organization: number, };

/**
 * What would be otherwise.
 */
export type WhatIfEffects = { 
/**
 * What the person could do then and cannot now.
 */
gained: Array<RuleChange>, 
/**
 * What the person can do now and could not then, or not for certain.
 */
lost: Array<RuleChange>, 
/**
 * What would be allowed or refused otherwise.
 */
changed: Array<RuleChange>, 
/**
 * What would be allowed as now, in another organization.
 */
moved: Array<RuleChange>, };

/**
 * What would change.
 */
export type WhatIfOutcome = { 
/**
 * The person's name.
 */
name: string, 
/**
 * The role now; none if it is not known.
 */
role: string | null, 
/**
 * Whether that role is only assumed.
 */
is_assumed: boolean, 
/**
 * What the person would gain and lose; none if the role is not known.
 */
effects: WhatIfEffects | null, 
/**
 * What the new role may, if there is one.
 */
may_then: Array<RuleChange>, 
/**
 * Who manages the organizations that it is about: the present one, and the new one.
 */
organizations: Array<ManagedOrganization>, 
/**
 * What is alarming, the worst first.
 */
warnings: Array<WhatIfWarning>, 
/**
 * Whether the connection's key may do it.
 */
act: MayAnswer, 
/**
 * Unix seconds: the sync that this follows from.
 */
as_of: number, };

/**
 * What is simulated.
 */
export type WhatIfRequest = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The person's id.
 */
person: number, 
/**
 * What is done.
 */
deal: WhatIfDeal, 
/**
 * The role that the person has, if it is not known.
 */
assumed: string | null, };

/**
 * What is alarming.
 */
export type WhatIfWarning = { "kind": "last_manager" } | { "kind": "no_known_manager_left" } | { "kind": "only_possible_managers_left" } | { "kind": "yourself" } | { "kind": "possibly_yourself" } | { "kind": "only_role", 
/**
 * The vendor's API value.
 */
role: string, } | { "kind": "key_may_not", 
/**
 * What the rules say.
 */
answer: RuleAnswer, } | { "kind": "disabling_is_our_reading" };

/**
 * Who is asked for.
 */
export type Who = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * Where the answer shall come from.
 */
source: Source, 
/**
 * The mirror as a past sync left it, by the sync's id; none: as it is now.
 */
as_of: number | null, 
/**
 * The criteria, as JSON text (see [`FilterReading`](super::FilterReading)).
 */
filter: string | null, 
/**
 * Quick search by name, id or identifier; the mirror only.
 */
search: string | null, 
/**
 * Which rows of the mirror count, unless the criteria ask for `seen` themselves.
 */
seen: Seen, 
/**
 * Those for whom the criteria hold, or those for whom they may.
 */
truth: Wanted, 
/**
 * Only these of them; none: all.
 */
ids: Array<number> | null, };

/**
 * Which place of which connection.
 */
export type WorkspaceRef = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The place's name.
 */
place: string, };

/**
 * What a person had open in a place; null if nothing was kept.
 */
export type WorkspaceState = unknown;

/**
 * What a person has open in a place.
 */
export type WorkspaceUpdate = { 
/**
 * The connection's id.
 */
connection: string, 
/**
 * The place's name.
 */
place: string, 
/**
 * The UI's own: kept as it is.
 */
state: unknown, };
