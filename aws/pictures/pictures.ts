import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { contentTypes } from "#domain/pictures/picture.ts";
import type { Pictures, StoredPicture } from "#domain/pictures/ports.ts";
import { pictureId, pictureKey, uploadKey } from "./keys.ts";
import { uploadForm } from "./upload-form.ts";

const isStatus = (error: unknown, status: number) =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;

/** S3 says 403 of an object that is not there to whoever may not list the bucket, and nobody here may. */
const isMissing = (error: unknown) => error instanceof NoSuchKey || isStatus(error, 403);

/** Pictures in a bucket. */
export function createPictures(s3: S3Client, bucket: string): Pictures {
  const read = async (key: string, range?: string): Promise<StoredPicture | undefined> => {
    try {
      const { Body, ContentType = "" } = await s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, ...(range && { Range: range }) }),
      );
      return Body && { bytes: await Body.transformToByteArray(), contentType: ContentType };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  const remove = async (key: string) => {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  };

  return {
    idOf: pictureId,
    formFor: (sub, upload, file) => uploadForm(s3, bucket, uploadKey(sub, upload), file),
    readUpload: async (sub, upload, mostBytes) => {
      try {
        return (await read(uploadKey(sub, upload), `bytes=0-${mostBytes - 1}`))?.bytes;
      } catch (error) {
        // An empty object has no first byte.
        if (isStatus(error, 416)) return new Uint8Array();
        throw error;
      }
    },
    removeUpload: (sub, upload) => remove(uploadKey(sub, upload)),
    async keep(id, bytes, type) {
      const Key = pictureKey(id);
      if (Key === undefined) throw new TypeError("not the id of a picture");
      try {
        // Addresses of pictures are cached for good, so what is behind one never changes.
        await s3.send(
          new PutObjectCommand({ Bucket: bucket, Key, Body: bytes, ContentType: contentTypes[type], IfNoneMatch: "*" }),
        );
      } catch (error) {
        if (!isStatus(error, 412)) throw error;
      }
    },
    async read(id) {
      const key = pictureKey(id);
      return key === undefined ? undefined : read(key);
    },
    async remove(id) {
      const key = pictureKey(id);
      if (key !== undefined) await remove(key);
    },
  };
}
