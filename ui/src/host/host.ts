// What a host (the desktop window or a browser against devhost) gives the UI.
import type { Commands } from "../generated/commands";
import type { ApiError, AppEvent } from "../generated/types";

export type CommandName = keyof Commands;

/** A file to choose: its kind by the end of its name, and what the person is asked. */
export type OpenChoice = { extensions: readonly [string, ...string[]]; title: string };

/** A file to choose for writing: also what it is called if the person does not mind. */
export type SaveChoice = { extension: string; title: string; name: string };

/** What became of the question whether to close: it is on the screen, or how it was answered. */
export type ClosingAnswer = "shown" | "stay" | "close";

export type Host = {
  call<N extends CommandName>(name: N, input: Commands[N]["input"]): Promise<Commands[N]["output"]>;
  /** Events until the returned function is called. `onGap`: some may have been lost, so read everything again. */
  listen(onEvent: (event: AppEvent) => void, onGap: () => void): () => void;
  /** Where to write a file; null: the person changed their mind. */
  chooseSave(choice: SaveChoice): Promise<string | null>;
  /** Which file to read; null: the person changed their mind, or this host cannot ask (see `choosesFiles`). */
  chooseOpen(choice: OpenChoice): Promise<string | null>;
  /** Whether `chooseOpen` can ask. If not, an `<input type="file">` reads what stands in a file. */
  choosesFiles: boolean;
  /** Says what became of the question whether to close; a browser is never asked. */
  closing(answer: ClosingAnswer): Promise<void>;
};

/** A command that was refused: the error envelope as an Error, so that stacks and causes work. */
export class CommandError extends Error {
  override name = "CommandError";
  constructor(readonly error: ApiError) {
    super(error.message);
  }
}

function isApiError(value: unknown): value is ApiError {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
}

/** The envelope of anything that was thrown; what is not one of ours is `internal`. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof CommandError) return thrown.error;
  if (isApiError(thrown))
    return { code: thrown.code, message: thrown.message ?? "", details: thrown.details ?? {} };
  return {
    code: "internal",
    message: thrown instanceof Error ? thrown.message : String(thrown),
    details: {},
  };
}

/** A file's name with its extension, once. */
export function named(name: string, extension: string): string {
  return name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`;
}
