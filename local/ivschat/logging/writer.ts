import type { Place } from "../../service-model/state.ts";
import type { LoggingConfiguration } from "../logging-configuration.ts";
import { createBatches } from "./batches.ts";
import { type LoggedRoom, lineOf, loggedRoom, logStreamName, objectBody, objectKey } from "./destination.ts";
import type { ChatLogEntry } from "./record.ts";

/**
 * The calls by which logs reach their destinations, made in the room's account and region. Each rejects where the call
 * was refused, also in part; its records are then put again.
 */
export interface LogCalls {
  /** S3 PutObject. */
  putObject(
    place: Place,
    object: { readonly bucketName: string; readonly key: string; readonly body: Buffer },
  ): Promise<void>;
  /** CloudWatch Logs CreateLogStream; resolves also where the stream exists. */
  createLogStream(place: Place, stream: LogStream): Promise<void>;
  /** CloudWatch Logs PutLogEvents; timestamps are in milliseconds since 1970. */
  putLogEvents(
    place: Place,
    stream: LogStream,
    events: readonly { readonly timestamp: number; readonly message: string }[],
  ): Promise<void>;
  /** Firehose PutRecordBatch. */
  putRecordBatch(place: Place, deliveryStreamName: string, records: readonly Buffer[]): Promise<void>;
}

/** A log stream of CloudWatch Logs. */
export interface LogStream {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** Writes chat logs to where logging configurations say. */
export interface ChatLogWriter {
  /** Takes an entry; it is put a little later, with others. */
  write(configuration: LoggingConfiguration, entry: ChatLogEntry): void;
  /** Puts what is waiting, now. */
  flush(): Promise<void>;
  /** Puts what is waiting once more, and gives up what cannot be put; to be called before the process ends. */
  stop(): Promise<void>;
}

/** How long records wait, in milliseconds. */
export interface LogWaits {
  /** About five minutes on the service (documented). @default 5000 */
  readonly s3?: number;
  /** About ten seconds on the service (documented). @default 1000 */
  readonly cloudWatchLogs?: number;
  /** About ten seconds on the service (documented). @default 1000 */
  readonly firehose?: number;
}

/** Nobody at a laptop waits five minutes to see a log. */
const WAITS: Required<LogWaits> = { s3: 5000, cloudWatchLogs: 1000, firehose: 1000 };

/** Limits of PutLogEvents; each event counts 26 bytes more than its message. */
const LOG_EVENTS = { mostItems: 10_000, mostBytes: 1_048_576, extraBytes: 26 };
/** Limits of PutRecordBatch. */
const RECORDS = { mostItems: 500, mostBytes: 4 * 1024 * 1024 };
/** Ours: what fits well into memory. */
const OBJECT = { mostItems: 10_000, mostBytes: 16 * 1024 * 1024 };
/** Whether the service separates records for Firehose is unverified; a line each is what consumers can split. */
const RECORD_END = "\n";

type Named<Destination> = { readonly destination: Destination; readonly room: LoggedRoom };

const nameOf = (destination: string, { region, accountId, id }: LoggedRoom) =>
  `${destination} of room ${id}, account ${accountId}, ${region}`;

/**
 * A writer for S3, CloudWatch Logs and Firehose.
 * @param report told, in a line without any message, when a destination begins to fail and what is lost
 */
export const createChatLogWriter = (
  calls: LogCalls,
  report: (line: string) => void,
  waits: LogWaits = {},
): ChatLogWriter => {
  const { s3: s3Wait, cloudWatchLogs: logsWait, firehose: firehoseWait } = { ...WAITS, ...waits };
  const streams = new Set<string>();

  const objects = createBatches<Named<string>, ChatLogEntry["record"]>({
    nameOf: ({ destination, room }) => nameOf(`bucket ${destination}`, room),
    waitMilliseconds: s3Wait,
    ...OBJECT,
    sizeOf: (record) => Buffer.byteLength(lineOf(record)),
    put: ({ destination: bucketName, room }, records) => {
      const body = objectBody(records.map(lineOf));
      const key = objectKey(room, records[0]?.event_timestamp ?? "", body);
      return calls.putObject(room, { bucketName, key, body });
    },
    report,
  });

  const logEvents = createBatches<Named<string>, { readonly timestamp: number; readonly message: string }>({
    nameOf: ({ destination, room }) => nameOf(`log group ${destination}`, room),
    waitMilliseconds: logsWait,
    ...LOG_EVENTS,
    sizeOf: ({ message }) => Buffer.byteLength(message) + LOG_EVENTS.extraBytes,
    put: async ({ destination: logGroupName, room }, events) => {
      const stream = { logGroupName, logStreamName: logStreamName(room) };
      const name = nameOf(logGroupName, room);
      try {
        if (!streams.has(name)) await calls.createLogStream(room, stream);
        streams.add(name);
        await calls.putLogEvents(room, stream, events);
      } catch (error) {
        // The group may have been deleted and made again, without the stream.
        streams.delete(name);
        throw error;
      }
    },
    report,
  });

  const records = createBatches<Named<string>, Buffer>({
    nameOf: ({ destination, room }) => nameOf(`delivery stream ${destination}`, room),
    waitMilliseconds: firehoseWait,
    ...RECORDS,
    sizeOf: ({ length }) => length,
    put: ({ destination, room }, batch) => calls.putRecordBatch(room, destination, batch),
    report,
  });

  return {
    write: ({ destinationConfiguration: { s3, cloudWatchLogs, firehose } }, { roomArn, record }) => {
      const room = loggedRoom(roomArn);
      if (s3) objects.add({ destination: s3.bucketName, room }, record);
      if (cloudWatchLogs) {
        const event = { timestamp: Date.parse(record.event_timestamp), message: lineOf(record) };
        logEvents.add({ destination: cloudWatchLogs.logGroupName, room }, event);
      }
      if (firehose) {
        records.add({ destination: firehose.deliveryStreamName, room }, Buffer.from(lineOf(record) + RECORD_END));
      }
    },
    flush: async () => {
      await Promise.all([objects.flush(), logEvents.flush(), records.flush()]);
    },
    stop: async () => {
      await Promise.all([objects.stop(), logEvents.stop(), records.stop()]);
    },
  };
};
