import * as v from "valibot";

const text = v.pipe(
  v.object({ S: v.string() }),
  v.transform(({ S }) => S),
);
const moment = v.pipe(
  v.object({ N: v.string() }),
  v.transform(({ N }) => new Date(Number(N))),
  v.check((date) => !Number.isNaN(date.getTime())),
);
const ownerKey = v.pipe(
  text,
  v.startsWith("USER#"),
  v.transform((pk) => pk.slice("USER#".length)),
);

/** A new row of the moderation audit, as the table's stream gives it (NEW_IMAGE); see aws/table/moderation-audit.ts. */
const streamRecord = v.object({
  dynamodb: v.object({
    SequenceNumber: v.pipe(v.string(), v.regex(/^\d+$/)),
    NewImage: v.object({
      pk: ownerKey,
      id: text,
      at: moment,
      action: text,
      by: text,
      userId: v.optional(text),
      reason: text,
      detail: v.optional(text),
    }),
  }),
});

/** One line of the export. */
export interface AuditLine {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** The owner of the room in which it was done. */
  readonly room: string;
  readonly action: string;
  readonly by: string;
  readonly userId?: string | undefined;
  readonly reason: string;
  readonly detail?: string | undefined;
}

/** A change of the table: its place in the stream, and what it says; no line where it is not a row of the audit. */
export interface AuditRecord {
  readonly sequenceNumber: string;
  readonly line: AuditLine | undefined;
}

const sequenceOf = (record: unknown): string =>
  String((record as { dynamodb?: { SequenceNumber?: unknown } } | null)?.dynamodb?.SequenceNumber ?? "");

export function readAuditRecord(record: unknown): AuditRecord {
  const read = v.safeParse(streamRecord, record);
  if (!read.success) return { sequenceNumber: sequenceOf(record), line: undefined };
  const { SequenceNumber: sequenceNumber, NewImage } = read.output.dynamodb;
  const { pk: room, at, ...rest } = NewImage;
  return { sequenceNumber, line: { at: at.toISOString(), room, ...rest } };
}
