import type { Place } from "../../service-model/state.ts";

/** An object that is to stand in a bucket. */
export interface StoredObject {
  readonly bucketName: string;
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
}

/** Where recordings go: S3, as IVS uses it. */
export interface ObjectStore {
  /**
   * Puts one object, in the name of IVS in that account and region; one of the same key is replaced.
   * It rejects with an error whose `name` is the code of S3, for example NoSuchBucket.
   */
  put(place: Place, object: StoredObject): Promise<void>;
}
