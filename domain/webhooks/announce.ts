import type { Happening } from "./happening.ts";
import type { WebhookQueue } from "./message.ts";
import type { Webhooks } from "./ports.ts";

export interface AnnouncePorts {
  /** Undefined for a channel that is not of this platform. */
  ownerOf(channelArn: string): Promise<string | undefined>;
  readonly webhooks: Pick<Webhooks, "read" | "markLive">;
  readonly queue: WebhookQueue;
}

/** "lately": the channel was told to be live less than ten minutes before. */
export type Announcement = "announced" | "nobody wants to know" | "lately";

/** How long a channel is not told to be live again, however often its encoder drops: 10 min. */
const quietMilliseconds = 600_000;

/**
 * Puts a happening into the queue of the owner's webhook, if there is one. Asked again for the same happening it sends
 * again, since the first message may not have been sent.
 */
export async function announce(
  happening: Happening,
  { ownerOf, webhooks, queue }: AnnouncePorts,
): Promise<Announcement> {
  const { channelArn, ...told } = happening;
  const sub = await ownerOf(channelArn);
  const webhook = sub === undefined ? undefined : await webhooks.read(sub);
  if (sub === undefined || webhook === undefined) return "nobody wants to know";
  const { kind, at } = happening;
  if (kind === "live" && !(await webhooks.markLive(sub, happening, at - quietMilliseconds))) return "lately";
  await queue.send({ sub, ...told, tries: 0 }, 0);
  return "announced";
}
