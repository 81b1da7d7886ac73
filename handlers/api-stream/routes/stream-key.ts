import * as v from "valibot";
import { type KeyResetPorts, resetStreamKey as reset } from "#domain/accounts/key-reset.ts";
import type { WorkQueue } from "#domain/accounts/ports.ts";
import { preparingSeconds, type ReadyAccount, type ReadyDeps, readyRoute } from "../../shared/accounts/ready-route.ts";
import { matching } from "../../shared/api/fields.ts";
import { Problem } from "../../shared/api/problem.ts";
import { answer } from "../../shared/api/route.ts";

export interface StreamKeyDeps extends ReadyDeps, Omit<KeyResetPorts, "holder" | "store"> {
  readonly accounts: KeyResetPorts["store"];
  readonly queue: WorkQueue;
  /** The value of a key; undefined when the key is gone. */
  readonly keyValue: (keyArn: string) => Promise<string | undefined>;
  /** Names a run; no other has the same. */
  readonly newHolder: () => string;
}

const streamKey = v.object({ streamKey: v.string() });
const resetting = v.object({ state: v.literal("resetting") });

const whileResetting = () =>
  new Problem(409, "KEY_RESETTING", "Your stream key is being replaced.", "Ask again in a moment.", {
    headers: { "retry-after": String(preparingSeconds) },
  });

/** @param detail which key is gone, and what makes another */
const keyGone = (detail: string) => new Problem(409, "KEY_GONE", "The stream key is gone.", detail);

/**
 * The key that the last reset made, or the one that the channel was made with.
 *
 * @throws Problem KEY_GONE when somebody removed it by hand
 */
async function currentKey({ channelArn, lastReset }: ReadyAccount, { keys, keyValue }: StreamKeyDeps) {
  const made = lastReset && (await keyValue(lastReset.keyArn));
  if (made !== undefined) return made;
  const [keyArn] = await keys.list(channelArn);
  if (keyArn === undefined) throw keyGone("The channel has none. A reset makes one.");
  return keyValue(keyArn);
}

export const readStreamKey = readyRoute({
  id: "readStreamKey",
  summary: "Shows your stream key. Whoever knows it can go on air as you.",
  answers: { 200: streamKey },
  async handle({ caller: { account } }, deps: StreamKeyDeps) {
    const value = account.keyReset === undefined ? await currentKey(account, deps) : undefined;
    if (value === undefined) throw whileResetting();
    return answer(200, { streamKey: value });
  },
});

export const resetStreamKey = readyRoute({
  id: "resetStreamKey",
  summary: "Replaces your stream key: the old one stops working first. The same idempotency key is the same reset.",
  headers: v.object({
    "idempotency-key": matching(/^[\w-]{16,64}$/, "must be 16 to 64 letters, digits, hyphens or underscores"),
  }),
  answers: { 200: streamKey, 202: resetting },
  async handle({ caller: { sub, account }, headers }, deps: StreamKeyDeps) {
    const { accounts: store, keys, clock, queue, newHolder } = deps;
    const id = headers["idempotency-key"];
    const outcome = await reset(sub, id, { store, keys, clock, holder: newHolder() });
    const value = outcome.kind === "reset" ? await deps.keyValue(outcome.keyArn) : undefined;
    if (value !== undefined) return answer(200, { streamKey: value });
    // A key that was made only now may take a moment to show.
    const wasDone = account.lastReset?.ids.includes(id);
    if (outcome.kind === "reset" && wasDone && !(await keys.list(account.channelArn)).includes(outcome.keyArn)) {
      throw keyGone("This reset is finished, and the key that it made is gone. Use a new Idempotency-Key.");
    }
    const wait = outcome.kind === "later" ? outcome.retryInMilliseconds : 1000;
    await queue.send(sub, wait);
    const seconds = String(Math.max(1, Math.ceil(wait / 1000)));
    return answer(202, { state: "resetting" as const }, { "retry-after": seconds });
  },
});
