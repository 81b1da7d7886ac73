import { setTimeout as sleep } from "node:timers/promises";
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Table } from "./table.ts";

const mostTries = 6;
const longestFirstWaitMilliseconds = 40;

/** Whether another transaction was on one of the rows: nothing is decided, and a moment later it is over. */
function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  return codes.includes("TransactionConflict") && !codes.includes("ConditionalCheckFailed");
}

async function despiteConflicts<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (error) {
      if (tries === mostTries || !isConflict(error)) throw error;
      await sleep(Math.random() * longestFirstWaitMilliseconds * 2 ** tries);
    }
  }
}

/** Sends a write that has a condition; false when the condition did not hold. */
export async function writeIf(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await despiteConflicts(send);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/**
 * Sends writes of which all happen or none. Answers with the places of those whose conditions did not hold: none when
 * it is done.
 */
export async function writeAll(
  { client }: Table,
  writes: NonNullable<TransactWriteCommandInput["TransactItems"]>,
): Promise<readonly number[]> {
  try {
    await despiteConflicts(() => client.send(new TransactWriteCommand({ TransactItems: writes })));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const failed = [...reasons.keys()].filter((place) => reasons[place]?.Code === "ConditionalCheckFailed");
    if (failed.length === 0) throw error;
    return failed;
  }
}
