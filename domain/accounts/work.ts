import { isUnfinished } from "./account.ts";
import { type DeletionPorts, deleteAccount } from "./deletion.ts";
import { resetStreamKey } from "./key-reset.ts";
import { type LeasePorts, takeLease } from "./lease.ts";
import { done, type Outcome, type Postponement } from "./outcome.ts";
import type { AccountStore, PutBack, WorkQueue } from "./ports.ts";
import { type ProvisioningPorts, provision } from "./provisioning.ts";

export interface WorkPorts extends DeletionPorts, ProvisioningPorts {
  readonly queue: WorkQueue;
}

/** A message about an account that has work left. */
export interface WorkMessage extends Partial<PutBack> {
  readonly sub: string;
}

/** How a message ended. One that is given up was put back as often as it may be; the sweep takes the account up again. */
export type WorkOutcome = Outcome | { readonly kind: "given-up"; readonly why: Postponement };

/** A stream that does not end is asked for twenty times, in about two minutes. */
const mostPutBacks = 20;

/** What is put back because it came further, and so begins to count anew. */
const isProgress = (why: Postponement) => why === "more-to-remove" || why === "last-look";

async function nextStepOf(sub: string, ports: WorkPorts): Promise<Outcome> {
  const account = await ports.store.read(sub);
  if (account?.stage === "deleting" || account?.stage === "deleted") return deleteAccount(sub, ports);
  if (account?.stage !== "complete") return provision(sub, ports);
  const outcome = await resetStreamKey(sub, undefined, ports);
  return outcome.kind === "later" ? outcome : done;
}

/**
 * Keeps the account for the message that is put back. "needless" when nothing is left to do, or another message goes
 * round already; "taken" while somebody works on the account.
 */
async function keep(sub: string, forMilliseconds: number, ports: LeasePorts): Promise<"kept" | "taken" | "needless"> {
  const account = await ports.store.read(sub);
  if (account === undefined || !isUnfinished(account)) return "needless";
  const lease = await takeLease(account, {}, ports, forMilliseconds);
  if (lease.kind === "held") return "kept";
  return lease.why === "kept" ? "needless" : "taken";
}

/**
 * What a worker does with a message: whatever the account needs. What must wait is put before the workers again, so
 * that waiting is never counted as failing, and the account is kept for it. So however many messages there are about
 * one account, one goes round: the others find it kept, and end. What waits for a quota is left to the sweep, and so is
 * what was put back twenty times without coming further.
 *
 * @throws whatever is no refusal of the service: the message is to be delivered again.
 */
export async function work({ sub, tries = 0, turn }: WorkMessage, ports: WorkPorts): Promise<WorkOutcome> {
  const outcome = await nextStepOf(sub, { ...ports, turn });
  if (outcome.kind === "done" || outcome.why === "kept" || outcome.why === "quota") return outcome;
  const { why, retryInMilliseconds: wait } = outcome;
  const again = isProgress(why) ? 0 : tries + 1;
  if (again > mostPutBacks) return { kind: "given-up", why };
  const keeping = why === "busy" ? "taken" : await keep(sub, wait, ports);
  if (keeping === "needless") return outcome;
  await ports.queue.send(sub, wait, { tries: again, ...(keeping === "kept" && { turn: ports.holder }) });
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
