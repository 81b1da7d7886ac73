import * as v from "valibot";
import type { TurnStore } from "#domain/chat/turns.ts";
import { createPost, type Environment } from "../signed-post.ts";
import { keys } from "../table/keys.ts";

/** A number, as DynamoDB writes one. */
const number = v.object({ N: v.pipe(v.string(), v.transform(Number)) });
const roomRow = v.object({ Item: v.optional(v.object({ slowModeSeconds: v.optional(number) })) });
const refusedTurn = v.object({ __type: v.string(), Item: v.optional(v.object({ sentAt: number })) });

const text = (S: string) => ({ S });
const amount = (value: number) => ({ N: String(value) });
const rowKey = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => ({ pk: text(pk), sk: text(sk) });

/** A turn's row is of no use once the longest slow mode is over; it goes a while after that. */
const keptSeconds = 600;

export interface TurnStoreOptions {
  readonly tableName: string;
  /** The process's own, where Lambda says its region and its role's credentials. */
  readonly environment: Environment;
}

/**
 * Slow mode's rows, by DynamoDB's JSON protocol itself: loading an SDK client takes longer than all of a review. Nothing is
 * tried twice. Follows AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL as the SDK does. Each call throws where the
 * service does not do it, and when its signal says so.
 */
export function createTurnStore({ tableName, environment }: TurnStoreOptions): TurnStore {
  const { AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL } = environment;
  const address = AWS_ENDPOINT_URL_DYNAMODB || AWS_ENDPOINT_URL || `https://dynamodb.${AWS_REGION}.amazonaws.com`;
  const post = createPost(environment);

  const call = async (operation: string, input: object, signal: AbortSignal) => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
    };
    const body = JSON.stringify({ TableName: tableName, ...input });
    const answer = await post({ url: new URL(address), service: "dynamodb", headers, body }, signal);
    return { ok: answer.status >= 200 && answer.status < 300, ...answer };
  };

  return {
    async slowMode(roomArn, signal) {
      const input = { Key: rowKey(keys.room(roomArn)), ProjectionExpression: "slowModeSeconds" };
      const { ok, status, body } = await call("GetItem", input, signal);
      if (!ok) throw new Error(`GetItem was answered ${status}`);
      return v.parse(roomRow, body).Item?.slowModeSeconds?.N ?? 0;
    },

    async take(roomArn, userId, { seconds, now }, signal) {
      const input = {
        Key: rowKey(keys.sent(roomArn, userId)),
        UpdateExpression: "SET sentAt = :now, expiresAt = :expiresAt",
        ConditionExpression: "attribute_not_exists(sentAt) OR sentAt <= :before",
        ExpressionAttributeValues: {
          ":now": amount(now),
          ":before": amount(now - seconds * 1000),
          ":expiresAt": amount(Math.ceil(now / 1000) + keptSeconds),
        },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      };
      const { ok, status, body } = await call("UpdateItem", input, signal);
      if (ok) return undefined;
      const refused = v.safeParse(refusedTurn, body);
      if (!refused.success || !refused.output.__type.endsWith("ConditionalCheckFailedException")) {
        throw new Error(`UpdateItem was answered ${status}`);
      }
      // Without the row's old values a full turn is left.
      return refused.output.Item?.sentAt.N ?? now;
    },
  };
}
