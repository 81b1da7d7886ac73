import { DeleteObjectsCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { Belongings } from "#domain/accounts/ports.ts";
import { picturesOf, uploadsOf } from "../pictures/keys.ts";

/** DeleteObjects takes no more at once; a list has no more either. */
const mostAtOnce = 1000;

/** S3 kept some of a user's objects. */
class ObjectsKeptError extends Error {
  readonly code = "ERR_OBJECTS_KEPT";
}

/** A user's pictures, shown or not, which go with the account. @throws ObjectsKeptError */
export function createObjects(s3: S3Client, bucket: string): Belongings {
  const removeFrom = async (folder: string) => {
    const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: folder, MaxKeys: mostAtOnce });
    const { Contents = [], IsTruncated = false } = await s3.send(list);
    const objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
    if (objects.length === 0) return false;
    const remove = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } });
    const { Errors = [] } = await s3.send(remove);
    if (Errors.length > 0)
      throw new ObjectsKeptError(`S3 kept ${Errors.length} objects in ${folder}: ${Errors[0]?.Code}`);
    return IsTruncated;
  };
  return {
    async removeSome(sub) {
      for (const folder of [picturesOf(sub), uploadsOf(sub)]) if (await removeFrom(folder)) return "more";
      return "all";
    },
  };
}
