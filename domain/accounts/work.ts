import { type DeletionPorts, deleteAccount } from "./deletion.ts";
import { resetStreamKey } from "./key-reset.ts";
import { done, type Outcome } from "./outcome.ts";
import type { AccountStore, WorkQueue } from "./ports.ts";
import { provision } from "./provisioning.ts";

export interface WorkPorts extends DeletionPorts {
  readonly queue: WorkQueue;
}

async function nextStepOf(sub: string, ports: WorkPorts): Promise<Outcome> {
  const account = await ports.store.read(sub);
  if (account?.stage === "deleting") return deleteAccount(sub, ports);
  if (account?.stage !== "complete") return provision(sub, ports);
  const outcome = await resetStreamKey(sub, undefined, ports);
  return outcome.kind === "later" ? outcome : done;
}

/**
 * What a worker does with a message: whatever the account needs. What must wait is put before the workers again, so
 * that waiting is never counted as failing; what waits for a quota is left to the sweep, or each sweep would add one
 * more message that goes round until somebody raises it.
 *
 * @throws whatever is no refusal of the service: the message is to be delivered again.
 */
export async function work(sub: string, ports: WorkPorts): Promise<Outcome> {
  const outcome = await nextStepOf(sub, ports);
  if (outcome.kind === "later" && outcome.why !== "quota") await ports.queue.send(sub, outcome.retryInMilliseconds);
  return outcome;
}

/** Puts every account with work left before the workers: what a lost message or a crash left behind. */
export async function sweep({ store, queue }: { readonly store: AccountStore; readonly queue: WorkQueue }) {
  let sent = 0;
  for await (const subs of store.unfinished()) {
    for (const sub of subs) await queue.send(sub, 0);
    sent += subs.length;
  }
  return sent;
}
