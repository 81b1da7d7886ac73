import { contentTypeOf } from "./layout.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";
import type { OpenRecording } from "./open-recording.ts";

/** Puts one object of a recording, at a path below its prefix. */
export type Put = (path: string, body: Buffer | string) => Promise<void>;

export interface PutOptions {
  readonly objects: ObjectStore;
  readonly recording: Pick<OpenRecording, "channel" | "bucketName" | "prefix">;
  /** Whether what failed may still be tried again. @default it may */
  readonly mayRetry?: () => boolean;
}

/** How long is waited before each further attempt, in milliseconds. */
const WAITS = [200, 1_000, 3_000];
/** What takes longer, in milliseconds, has failed. */
const LONGEST_PUT = 15_000;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const within = <Value>(promise: Promise<Value>, milliseconds: number): Promise<Value> =>
  new Promise((resolve, reject) => {
    const late = () => reject(new Error(`nothing was heard for ${milliseconds / 1_000} seconds`));
    const timer = setTimeout(late, milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** A put that tries a few times. It rejects with the last error. */
export const createPut = ({ objects, recording, mayRetry = () => true }: PutOptions): Put => {
  const { channel, bucketName, prefix } = recording;
  const attempt = async (object: StoredObject, waits: readonly number[]): Promise<void> => {
    try {
      await within(objects.put(channel, object), LONGEST_PUT);
    } catch (error) {
      const [wait, ...later] = waits;
      if (wait === undefined || !mayRetry()) throw error;
      await sleep(wait);
      await attempt(object, later);
    }
  };
  return (path, body) => {
    const object = { bucketName, key: `${prefix}/${path}`, body: Buffer.from(body), contentType: contentTypeOf(path) };
    return attempt(object, WAITS);
  };
};
