import type { log } from "../shared/log.ts";
import { type AuditLine, type AuditRecord, readAuditRecord } from "./record.ts";

export interface Dependencies {
  /** Writes an object, over an earlier one of that key. */
  readonly put: (key: string, body: string) => Promise<void>;
  readonly log: typeof log;
}

/** What Lambda hands over of a table's stream, in its order. */
interface StreamEvent {
  readonly Records: readonly unknown[];
}

/** Which changes failed, by their sequence numbers; Lambda goes on from the first of them. */
interface Answer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Lines that become one object, named by the first of them. */
interface Run {
  readonly sequenceNumber: string;
  readonly lines: AuditLine[];
}

const dayOf = ({ at }: AuditLine) => at.slice(0, "2026-01-02".length);

/** `audit/<yyyy>/<mm>/<dd>/<sequence number>.jsonl` */
const keyOf = ({ sequenceNumber, lines: [first] }: Run) =>
  `audit/${first ? dayOf(first).replaceAll("-", "/") : ""}/${sequenceNumber}.jsonl`;

/**
 * Neighbours of one day, so that Lambda can begin anew at any failure: a repeated batch, or a part of one, writes the
 * same lines into objects of the same names, or into fewer lines of one and the rest of another.
 */
function runsOf(records: readonly AuditRecord[]): Run[] {
  const runs: Run[] = [];
  let before: AuditLine | undefined;
  for (const { sequenceNumber, line } of records) {
    if (line && before && dayOf(before) === dayOf(line)) runs.at(-1)?.lines.push(line);
    else if (line) runs.push({ sequenceNumber, lines: [line] });
    before = line;
  }
  return runs;
}

/** Exports what moderators did, a JSON object on each line. A change that fails is tried again, and all that follow it. */
export function makeHandler({ put, log: write }: Dependencies): (event: StreamEvent) => Promise<Answer> {
  const failuresOf = async (run: Run): Promise<string[]> => {
    const key = keyOf(run);
    try {
      await put(key, run.lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      return [];
    } catch (error) {
      write("error", "audit not exported", { key, error: (error as Error).name });
      return [run.sequenceNumber];
    }
  };

  return async ({ Records }) => {
    const records = Records.map(readAuditRecord);
    const unread = records.flatMap(({ sequenceNumber, line }) => (line ? [] : [sequenceNumber]));
    for (const sequenceNumber of unread) write("error", "change not understood", { sequenceNumber });
    const failed = (await Promise.all(runsOf(records).map(failuresOf))).flat();
    return { batchItemFailures: [...unread, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
