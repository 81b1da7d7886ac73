import type { ObjectStore } from "../ivs/recording/object-store.ts";
import { type Connections, connect, type Emulator } from "./connect.ts";
import { loadS3, type S3Client } from "./sdk.ts";

/** S3 PutObject. */
export type Objects = ObjectStore & Pick<Connections<S3Client>, "close">;

export const connectObjects = (emulator: Emulator): Objects => {
  const { call, close } = connect(emulator, { timeoutMilliseconds: 10_000 }, async (settings) => {
    const { S3Client } = await loadS3();
    return new S3Client({ ...settings, forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED" });
  });
  return {
    put: async (place, { bucketName: Bucket, key: Key, body: Body, contentType: ContentType }) => {
      const { PutObjectCommand } = await loadS3();
      const command = new PutObjectCommand({ Bucket, Key, Body, ContentType });
      await call(place, (client, limits) => client.send(command, limits));
    },
    close,
  };
};
