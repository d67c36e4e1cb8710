// The practice directory: a connection like any other, on seeded people.
import { call } from "../../host";
import { putConnection } from "../../shared/reads/connections";
import { startSync } from "../../shared/reads/sync";

/** Opens the practice directory (starting it if needed) and syncs it the first time. */
export async function openPractice(): Promise<string> {
  const connection = await call("practice_open", null);
  putConnection(connection);
  if (!connection.mirror.last_sync) await startSync(connection.id);
  return connection.id;
}
