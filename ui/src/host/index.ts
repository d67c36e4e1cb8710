// The one door to Rust. Nothing else imports @tauri-apps or knows about HTTP.
import type { Commands } from "../generated/commands";
import type { ClosingAnswer, CommandName, Host, OpenChoice, SaveChoice } from "./host";
import { http } from "./http";
import { tauri } from "./tauri";

export { CommandError, toApiError } from "./host";

const host: Host = "__TAURI_INTERNALS__" in window ? tauri : http;

/** Runs a command; rejects with a CommandError. */
export function call<N extends CommandName>(
  name: N,
  input: Commands[N]["input"],
): Promise<Commands[N]["output"]> {
  return host.call(name, input);
}

export const listen: Host["listen"] = (onEvent, onGap) => host.listen(onEvent, onGap);

/** Asks where to write a file; null: the person changed their mind. */
export const chooseSave = (choice: SaveChoice): Promise<string | null> => host.chooseSave(choice);

/** Asks which file to read; null: the person changed their mind, or `choosesFiles` is false. */
export const chooseOpen = (choice: OpenChoice): Promise<string | null> => host.chooseOpen(choice);

/** Whether `chooseOpen` can ask. If not, an `<input type="file">` reads what stands in a file. */
export const choosesFiles: boolean = host.choosesFiles;

/** Says what became of the question whether to close. */
export const answerClosing = (answer: ClosingAnswer): Promise<void> => host.closing(answer);
