import { portOf, type Queue } from "#aws/queue/queue.ts";
import { ownerOfChannel } from "#aws/table/owners.ts";
import type { Table } from "#aws/table/table.ts";
import { createWebhooks } from "#aws/table/webhooks.ts";
import { type Announcement, announce } from "#domain/webhooks/announce.ts";
import type { Happening } from "#domain/webhooks/happening.ts";

/** Tells what happens on channels to their owners' webhooks, by way of the queue of messages. */
export function createAnnounce(table: Table, messages: Queue): (happening: Happening) => Promise<Announcement> {
  const ports = {
    ownerOf: (channelArn: string) => ownerOfChannel(table, channelArn),
    webhooks: createWebhooks(table),
    queue: portOf(messages),
  };
  return (happening) => announce(happening, ports);
}
