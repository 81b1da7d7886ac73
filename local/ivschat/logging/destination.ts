import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { placeOf } from "../../service-model/arn.ts";
import { idOf } from "../../service-model/identifiers.ts";
import type { Place } from "../../service-model/state.ts";
import { type ChatLogRecord, VERSION } from "./record.ts";

/** A room and where it is, which the names of its logs are made of. */
export interface LoggedRoom extends Place {
  readonly id: string;
}

/** The room of an ARN. */
export const loggedRoom = (roomArn: string): LoggedRoom => ({ id: idOf(roomArn), ...placeOf(roomArn) });

/**
 * The key of a log object; times are in UTC. The folders below the room's, and what follows its id in the name, are
 * unverified.
 * @param time of the first record, ISO 8601
 */
export const objectKey = ({ id, region, accountId }: LoggedRoom, time: string, body: Buffer): string => {
  const [year = "", month = "", day = "", hour = "", minute = ""] = time.split(/[-T:]/);
  const folder = `AWSLogs/${accountId}/IVSChatLogs/${VERSION}/${region}/room_${id}/${year}/${month}/${day}/${hour}`;
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 8);
  const minuteOf = `${year}${month}${day}T${hour}${minute}Z`;
  return `${folder}/${accountId}_IVSChatLogs_${VERSION}_${region}_room_${id}_${minuteOf}_${hash}.log.gz`;
};

/** The name of a room's log stream. */
export const logStreamName = ({ id }: LoggedRoom): string => `aws/IVSChatLogs/${VERSION}/room_${id}`;

/** One record as text. */
export const lineOf = (record: ChatLogRecord): string => JSON.stringify(record);

/** A log object: a line for each record. */
export const objectBody = (lines: readonly string[]): Buffer => gzipSync(lines.map((line) => `${line}\n`).join(""));
