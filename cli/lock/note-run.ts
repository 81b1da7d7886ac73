import { hostname, userInfo } from "node:os";
import { removeRunNote, writeRunNote } from "#aws/state-backend/run-note.ts";
import { createStateBackendClients, type StateBackend } from "#aws/state-backend/state-backend.ts";
import { readStateLock } from "#aws/state-backend/state-lock.ts";
import { backendOf, chooseEnvironment } from "../environment.ts";
import { readCommit } from "../plan/commit.ts";
import type { RunContext } from "../run-context.ts";
import { statesOf } from "./states.ts";

/**
 * Does something to states under their locks, and says meanwhile which commit it carries out, for `onair lock show`. Outside of
 * git there is nothing to say.
 */
export async function withRunNotes<Value>(
  { project, again }: Pick<RunContext, "project" | "again">,
  stacks: readonly string[],
  work: () => Promise<Value>,
): Promise<Value> {
  const { commit, dirty = false } = await readCommit(project.root);
  if (commit === undefined) return work();
  const { name } = chooseEnvironment(project.root, again);
  const backend = backendOf(project.root, name, again);
  const clients = createStateBackendClients(backend.region);
  const states = statesOf(name, backend).filter(({ stack }) => stacks.includes(stack));
  const who = `${userInfo().username}@${hostname()}`;
  const since = new Date().toISOString();
  const write = async (state: StateBackend) => {
    const lock = await readStateLock(clients, state);
    // Another run of the same person and machine goes on, and its note is the lock's.
    if (lock?.who !== who) await writeRunNote(clients.dynamodb, state, { who, commit, dirty, since });
  };
  // Terraform says itself what is wrong with its table, and a note is not worth a failed run.
  const each = (one: (state: StateBackend) => Promise<void>) =>
    Promise.allSettled(states.map((state) => one(state.backend)));
  try {
    await each(write);
    return await work();
  } finally {
    await each((state) => removeRunNote(clients.dynamodb, state, who, since));
    for (const client of Object.values(clients)) client.destroy();
  }
}
