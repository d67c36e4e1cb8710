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
connection: string | null, };

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
 * What may have changed.
 */
export type Changed = "connections" | "mirror" | "settings";

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
 * A colour by which a person tells connections apart.
 */
export type Colour = "blue" | "teal" | "green" | "yellow" | "orange" | "red" | "grape" | "violet" | "gray";

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
 * Which way an order goes.
 */
export type Direction = "ASC" | "DESC";

/**
 * What to do about an error hangs on its code: each is acted on somewhere.
 */
export type ErrorCode = "offline" | "refused" | "denied" | "rate_limited" | "invalid" | "vendor_error" | "vendor_changed" | "keyring_locked" | "keyring_absent" | "keyring_denied" | "keyring_too_long" | "secret_missing" | "not_found" | "never_synced" | "newer_file" | "damaged_file" | "disk_full" | "busy" | "canceled" | "insecure_url" | "internal";

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
 * What it did.
 */
summary: SyncSummary | null, };

/**
 * What a job does.
 */
export type JobKind = "sync";

/**
 * What a job is at.
 */
export type JobPhase = "connecting" | "organizations" | "people" | "saving" | "finished";

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
 * A time that the vendor may not have told us.
 */
export type Moment = { "known": "yes", 
/**
 * Unix seconds.
 */
at: number, } | { "known": "none" } | { "known": "unknown" };

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
 * An answer about people.
 */
export type PeopleAnswer = { 
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
 * A question about people.
 */
export type PeopleQuestion = { 
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
sort: PeopleSort, 
/**
 * Index of the first row.
 */
offset: number, 
/**
 * The most rows. Live: 10, 50, 100 or 250, and the offset a multiple of it.
 */
limit: number, };

/**
 * An order of people.
 */
export type PeopleSort = { 
/**
 * By what; live by id only.
 */
by: PersonColumn, 
/**
 * Which way.
 */
direction: Direction, };

/**
 * A column of people that can be sorted.
 */
export type PersonColumn = "id" | "name" | "organization" | "created_at" | "updated_at";

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
presence: Presence, };

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
export type Provenance = "returned";

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
 * Light or dark.
 */
export type Scheme = "light" | "dark" | "system";

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
contrast: Contrast, };

/**
 * Where an answer comes from.
 */
export type Source = "mirror" | "live";

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
 * A value, and how we know it.
 */
export type ValueWithProvenance = { 
/**
 * `id`, `name`, `organization`, `created_at`, `updated_at`, `role`, `email`, `enabled`,
 * `language`, or the vendor's own key.
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
 * One thing that is not valid.
 */
export type Violation = { 
/**
 * Where: `filter.and[1].foo`.
 */
path: string, 
/**
 * What is wrong.
 */
message: string, };

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
