import type { Page, PageRequest } from "../profiles/profile.ts";

export type WebhookKind = "live" | "ended" | "recording-ready";

/** Where a user wants to be told. The secret signs, and is shown once. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
  /** When "live" was last told, in milliseconds, and by which message. */
  readonly lastLiveAt?: number;
  readonly lastLiveId?: string;
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
  /** False when there was none. When "live" was last told is kept, for the next webhook of this user. */
  remove(sub: string): Promise<boolean>;
  /**
   * Notes that "live" is told at a time by the message of that id, unless another was after `ifBefore`; then the answer
   * is false. Both times are in milliseconds.
   */
  markLive(sub: string, live: { readonly id: string; readonly at: number }, ifBefore: number): Promise<boolean>;
  addFailure(sub: string, failure: FailedDelivery): Promise<void>;
  /** Newest first. @throws CursorError */
  failures(sub: string, page: PageRequest): Promise<Page<FailedDelivery>>;
}
