import type { Page, PageRequest } from "../profiles/profile.ts";

export type WebhookKind = "live" | "ended" | "recording-ready";

/** Where a user wants to be told. The secret signs, and is shown once. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
  /** When "live" was last told, in milliseconds. */
  readonly lastLiveAt?: number;
}

/** A message that could not be delivered. */
export interface FailedDelivery {
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  readonly kind: WebhookKind;
  /** For example `the server answered 500`. */
  readonly why: string;
}

export interface Webhooks {
  read(sub: string): Promise<Webhook | undefined>;
  write(sub: string, webhook: Pick<Webhook, "url" | "secret">): Promise<void>;
  /** False when there was none. */
  remove(sub: string): Promise<boolean>;
  /** Notes that "live" is told now, unless it was after `ifBefore`; then the answer is false. Both in milliseconds. */
  markLive(sub: string, now: number, ifBefore: number): Promise<boolean>;
  addFailure(sub: string, failure: FailedDelivery): Promise<void>;
  /** Newest first. @throws CursorError */
  failures(sub: string, page: PageRequest): Promise<Page<FailedDelivery>>;
}
