import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { FailedDelivery, Webhook, Webhooks } from "#domain/webhooks/ports.ts";
import { writeIf } from "./conditional.ts";
import { updateOf } from "./expressions.ts";
import { keys, lists } from "./keys.ts";
import { readList } from "./list.ts";
import { type Item, pick, type Table } from "./table.ts";

const failuresAreKeptSeconds = 30 * 86_400;

/** A row without an address is what is left of a removed webhook: when "live" was last told. */
const isThere = "attribute_exists(#url)";

const failureOf = (item: Item) => pick(item as unknown as FailedDelivery, ["id", "at", "kind", "why"]);

/** Where users want to be told, and what could not be delivered there in the last thirty days. */
export function createWebhooks(table: Table): Webhooks {
  const { client, tableName } = table;
  return {
    async read(sub) {
      const get = { TableName: tableName, Key: keys.webhook(sub), ConsistentRead: true };
      const { Item } = await client.send(new GetCommand(get));
      return Item?.url === undefined ? undefined : pick(Item as Webhook, ["url", "secret", "lastLiveAt", "lastLiveId"]);
    },

    async write(sub, { url, secret }) {
      // What was told last stays: neither a new address nor a removal is a way to be told more often.
      await client.send(new UpdateCommand(updateOf(table, keys.webhook(sub), { url, secret })));
    },

    remove(sub) {
      const nothing = { url: undefined, secret: undefined };
      const update = updateOf(table, keys.webhook(sub), nothing, { expression: isThere });
      return writeIf(() => client.send(new UpdateCommand(update)));
    },

    markLive(sub, { id, at }, ifBefore) {
      // The SDK repeats a call whose answer was lost: a mark of the same message is its own.
      const mayBeTold = "attribute_not_exists(#lastLiveAt) OR #lastLiveAt <= :ifBefore OR #lastLiveId = :lastLiveId";
      const condition = { expression: `${isThere} AND (${mayBeTold})`, values: { ":ifBefore": ifBefore } };
      const update = updateOf(table, keys.webhook(sub), { lastLiveAt: at, lastLiveId: id }, condition);
      return writeIf(() => client.send(new UpdateCommand(update)));
    },

    async addFailure(sub, failure) {
      const expiresAt = Math.ceil(failure.at / 1000) + failuresAreKeptSeconds;
      const item = { ...keys.delivery(sub, failure.at, failure.id), ...failure, expiresAt };
      await client.send(new PutCommand({ TableName: tableName, Item: item }));
    },

    failures: (sub, page) =>
      readList(table, { prefix: lists.deliveries(sub), isNewestFirst: true, row: failureOf }, page),
  };
}
