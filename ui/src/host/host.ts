// What a host (the desktop window or a browser against devhost) gives the UI.
import type { Commands } from "../generated/commands";
import type { ApiError, AppEvent } from "../generated/types";

export type CommandName = keyof Commands;

export type Host = {
  call<N extends CommandName>(name: N, input: Commands[N]["input"]): Promise<Commands[N]["output"]>;
  /** Events until the returned function is called. `onGap`: some may have been lost, so read everything again. */
  listen(onEvent: (event: AppEvent) => void, onGap: () => void): () => void;
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
