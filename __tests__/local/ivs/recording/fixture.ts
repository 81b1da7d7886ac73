import { afterEach, beforeEach, vi } from "vitest";
import type { IvsEvent } from "#local/ivs/live/ivs-event.ts";
import type { ObjectStore, StoredObject } from "#local/ivs/recording/object-store.ts";
import { createRecorder, type RecordedChannel, type RecorderOptions } from "#local/ivs/recording/recorder.ts";
import type { RecordingConfiguration } from "#local/ivs/recording-configuration.ts";
import { createIvsState } from "#local/ivs/state.ts";
import type { Segment } from "#local/media/hls/segment.ts";
import type { StreamFormat } from "#local/media/hls/segmenter.ts";
import { AUDIO, VIDEO } from "../../media/fixture/units.ts";

export const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
export const FORMAT: StreamFormat = { video: VIDEO, audio: AUDIO, frameRate: 30.1 };
export const BUCKET = "recordings-111122223333";
const PLACE = { accountId: "111122223333", region: "us-west-2" };

export const channelNamed = (name: string, id = "AbCdEf123456"): RecordedChannel => ({
  ...PLACE,
  id,
  name,
  arn: `arn:aws:ivs:us-west-2:111122223333:channel/${id}`,
});
export const CHANNEL = channelNamed("alice");

/** As the control plane keeps it. */
export const configuration = (changes: Partial<RecordingConfiguration> = {}): RecordingConfiguration => ({
  arn: "arn:aws:ivs:us-west-2:111122223333:recording-configuration/GhIjKl123456",
  name: "archive",
  destinationConfiguration: { s3: { bucketName: BUCKET } },
  thumbnailConfiguration: { recordingMode: "DISABLED" },
  recordingReconnectWindowSeconds: 0,
  renditionConfiguration: { renditionSelection: "ALL", renditions: [] },
  tags: {},
  settling: { before: "CREATING", after: "ACTIVE", at: 0 },
  ...changes,
});

export interface Made {
  /** @default 2 */
  readonly seconds?: number;
  /** Of each part, of which there is one each second. @default 1000 */
  readonly bytes?: number;
  readonly discontinuity?: boolean;
  /** @default the time at which the test's clock stands */
  readonly startTime?: number;
  /** Whether each part begins with a keyframe, or the first only. @default the first only */
  readonly keyframeEachSecond?: boolean;
  /** What its bytes are filled with. @default 0 */
  readonly fill?: number;
}

/** A whole segment, as the segmenter gives it. */
export const segment = (made: Made = {}): Segment => {
  const { seconds = 2, bytes = 1_000, discontinuity = false, startTime = Date.now(), fill = 0 } = made;
  const parts = Array.from({ length: seconds }, (_, number) => ({
    number,
    duration: 1,
    independent: number === 0 || made.keyframeEachSecond === true,
    data: Buffer.alloc(bytes, fill),
  }));
  return { sequence: 0, discontinuity, discontinuitySequence: 0, startTime, parts, complete: true };
};

/** An error of S3. */
export const s3Error = (name: string): Error => Object.assign(new Error(`S3 said ${name}`), { name });

/** A bucket in memory. Where `refuse` gives an error, a put fails with it. */
const createMemoryStore = () => {
  const objects = new Map<string, StoredObject>();
  const puts: string[] = [];
  const store: ObjectStore & { refuse: (key: string) => Error | undefined } = {
    refuse: () => undefined,
    async put(_, object) {
      const error = store.refuse(object.key);
      if (error) throw error;
      puts.push(object.key);
      objects.set(object.key, object);
    },
  };
  /** Paths below the prefix of their recording. */
  const pathOf = (key: string) => key.split("/").slice(10).join("/");
  const find = (path: string) => [...objects.values()].findLast(({ key }) => pathOf(key) === path);
  return {
    ...{ store, objects, puts },
    paths: () => [...objects.keys()].map(pathOf),
    text: (path: string) => find(path)?.body.toString() ?? "",
    json: (path: string): unknown => JSON.parse(find(path)?.body.toString() ?? "null"),
    find,
  };
};

/** A recorder with a bucket in memory; events and reports are kept. */
export const startRecorder = (options: Partial<RecorderOptions> = {}) => {
  const memory = createMemoryStore();
  const events: IvsEvent[] = [];
  const reports: string[] = [];
  const state = createIvsState();
  const recorder = createRecorder({
    objects: memory.store,
    makeThumbnail: async () => Buffer.from("a picture"),
    emit: (event) => events.push(event),
    state: () => state,
    report: (line) => reports.push(line),
    ...options,
  });
  const statuses = () => events.map(({ detail }) => detail.recording_status);
  const rows = () => state.in(PLACE.accountId, PLACE.region).recordings.all();
  return { ...memory, recorder, state, events, reports, statuses, rows };
};

/** In each test of a file, timers and the date stand still until {@link pass} moves them. */
export const stopTimers = (): void => {
  beforeEach(() => {
    // No more than these: what else a thread has that runs other tests, goes on.
    vi.useFakeTimers({
      now: START,
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
};

/** Lets everything happen that is due within so many milliseconds of the stopped clock. */
export const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
