import type { Account, KeyReset } from "./account.ts";
import { type LeasePorts, save, takeLease } from "./lease.ts";
import { type Later, later } from "./outcome.ts";
import type { StreamKeys } from "./ports.ts";
import { postpone } from "./postpone.ts";
import { isGone, ServiceError } from "./service-error.ts";

export interface KeyResetPorts extends LeasePorts {
  readonly keys: StreamKeys;
}

export type KeyResetOutcome =
  /** The channel's one key; its value is to be asked for by who shows it. */
  | { readonly kind: "reset"; readonly keyArn: string }
  /** The account has no channel, or is being deleted. */
  | { readonly kind: "not-ready" }
  | Later;

/** Somebody removed the channel by hand: the workers make another, which comes with a new key. */
const channelAgain: Partial<Account> = {
  stage: "channel",
  channelArn: undefined,
  addresses: undefined,
  keyReset: undefined,
  lastReset: undefined,
};

/** A channel takes one key: when there is one that the list did not show yet, the next try sees it. */
async function createKey(channelArn: string, keys: StreamKeys): Promise<string> {
  try {
    return await keys.create(channelArn);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "QUOTA") throw error;
    throw new ServiceError("THROTTLED", error.operation);
  }
}

async function replaceKey(
  held: Account,
  { id: begunAs, oldKeyArns }: KeyReset,
  channelArn: string,
  id: string,
  { keys, store }: KeyResetPorts,
) {
  const old = oldKeyArns ?? (await keys.list(channelArn));
  const named = oldKeyArns ? held : await save(held, { keyReset: { id: begunAs, oldKeyArns: old } }, store);
  for (const keyArn of old) await keys.remove(keyArn);
  const made = (await keys.list(channelArn)).find((keyArn) => !old.includes(keyArn));
  const keyArn = made ?? (await createKey(channelArn, keys));
  const ids = [...new Set([begunAs, id])];
  await save(named, { keyReset: undefined, lastReset: { ids, keyArn }, lease: undefined }, store);
  return keyArn;
}

/**
 * Gives a channel a new stream key: the old one goes first, since a channel takes one key only (a second is a 402). The
 * row says that a reset began before anything is asked of the service, so that workers finish what was held up; and it
 * names the old keys before they go, so whoever comes after a crash knows a key that is not among them for the new one.
 * Without its channel, an account is made whole again before its key can be reset.
 *
 * @param id Names the request: the same id again is answered with the same key. Left out, only a reset that broke off
 * is finished.
 * @throws whatever is no refusal of the service; the reset is finished by the next call.
 */
export async function resetStreamKey(
  sub: string,
  id: string | undefined,
  ports: KeyResetPorts,
): Promise<KeyResetOutcome> {
  const account = await ports.store.read(sub);
  if (account?.stage !== "complete" || account.channelArn === undefined) return { kind: "not-ready" };
  const { keyReset, lastReset } = account;
  const isAnswered = id === undefined ? keyReset === undefined : lastReset?.ids.includes(id);
  if (lastReset !== undefined && isAnswered) return { kind: "reset", keyArn: lastReset.keyArn };
  const begunAs = keyReset?.id ?? id;
  if (begunAs === undefined) return { kind: "not-ready" };
  const reset = keyReset ?? { id: begunAs };
  const lease = await takeLease(account, { keyReset: reset }, ports);
  if (lease.kind === "busy") return later(lease.why, lease.retryInMilliseconds);
  try {
    return { kind: "reset", keyArn: await replaceKey(lease.account, reset, account.channelArn, id ?? begunAs, ports) };
  } catch (error) {
    return postpone(error, sub, ports, isGone(error) ? channelAgain : {});
  }
}
