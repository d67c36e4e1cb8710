// What ids are called: everything that is shown at once is asked for at once, of what is known on this computer.
import type { NamesKnown } from "../../generated/types";
import { call } from "../../host";

/** So many are asked for at once. */
const PART = 500;

type Kind = "people" | "organizations";
type Ids = Record<Kind, Set<number>>;

const noIds = (): Ids => ({ people: new Set(), organizations: new Set() });

/** The names of one connection. They are looked up while something is drawn, and told when they come. */
export class NameBook {
  readonly #connection: string;
  readonly #listeners = new Set<() => void>();
  /** What was ever shown. */
  readonly #shown = noIds();
  #wanted = noIds();
  #waits = false;
  #known: NamesKnown = { people: {}, organizations: {}, subscription_types: [] };

  constructor(connection: string) {
    this.#connection = connection;
  }

  /** A name; null: it is not known, or not yet. */
  name(kind: Kind, id: number): string | null {
    // What is no id of the vendor's has no name either.
    if (!Number.isSafeInteger(id) || id <= 0) return null;
    if (!this.#shown[kind].has(id)) {
      this.#shown[kind].add(id);
      this.#wanted[kind].add(id);
      this.#askSoon();
    }
    return this.#known[kind][id] ?? null;
  }

  /** The types of subscription that were read last. */
  get subscriptionTypes(): NamesKnown["subscription_types"] {
    return this.#known.subscription_types;
  }

  /** Everything that was ever shown may be called otherwise now. */
  async readAgain(): Promise<void> {
    this.#wanted = { people: new Set(this.#shown.people), organizations: new Set(this.#shown.organizations) };
    await this.#ask();
  }

  /** Another object whenever a name has come. */
  readonly known = (): NamesKnown => this.#known;

  readonly follow = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  #askSoon() {
    if (this.#waits) return;
    this.#waits = true;
    setTimeout(() => {
      this.#waits = false;
      // Who has read everything again meanwhile has asked for these too.
      if (this.#wanted.people.size + this.#wanted.organizations.size === 0) return;
      // Without a name there is still the id.
      this.#ask().catch(() => undefined);
    });
  }

  async #ask() {
    const people = [...this.#wanted.people];
    const organizations = [...this.#wanted.organizations];
    this.#wanted = noIds();
    for (let at = 0; at === 0 || at < Math.max(people.length, organizations.length); at += PART) {
      const part = (ids: number[]) => ids.slice(at, at + PART);
      const question = { people: part(people), organizations: part(organizations) };
      const { subscription_types, ...found } = await call("names_known", {
        connection: this.#connection,
        ...question,
      });
      this.#known = {
        people: { ...this.#known.people, ...found.people },
        organizations: { ...this.#known.organizations, ...found.organizations },
        subscription_types,
      };
      for (const listener of this.#listeners) listener();
    }
  }
}

const books = new Map<string, NameBook>();

/** The names of a connection, kept as long as the window is there. */
export function bookOf(connection: string): NameBook {
  const own = books.get(connection) ?? new NameBook(connection);
  books.set(connection, own);
  return own;
}

export function forgetNames(connection: string): void {
  books.delete(connection);
}
