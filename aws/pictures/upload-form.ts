import type { S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import type { UploadForm } from "#domain/pictures/ports.ts";

/** How long a form can be posted, in seconds. */
const goodFor = 300;

/** A form that S3 takes from whoever has it: one object, of exactly that type and so many bytes. */
export const uploadForm = (
  s3: S3Client,
  bucket: string,
  key: string,
  { contentType, bytes }: { readonly contentType: string; readonly bytes: number },
): Promise<UploadForm> =>
  createPresignedPost(s3, {
    Bucket: bucket,
    Key: key,
    // Fields are conditions, too: each must come exactly as it is here.
    Fields: { "Content-Type": contentType },
    Conditions: [["content-length-range", bytes, bytes]],
    Expires: goodFor,
  });
