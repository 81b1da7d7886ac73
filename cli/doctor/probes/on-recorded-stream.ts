import { setTimeout as sleep } from "node:timers/promises";
import { paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import type { Lab, Probe } from "./probe.ts";

/** After the end of a stream, until its recording is closed. */
const TRIES = 60;
const WAIT = 2000;

/** The keys of the run's bucket, once a recording has ended in it. */
async function recordedKeys({ ivs, stack }: Lab): Promise<readonly string[] | undefined> {
  const s3 = new S3Client({ region: await ivs.config.region(), forcePathStyle: true });
  try {
    for (let left = TRIES; left > 0; left -= 1) {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: stack.bucketName })) {
        keys.push(...Contents.map(({ Key = "" }) => Key));
      }
      if (keys.some((key) => key.endsWith("/events/recording-ended.json"))) return keys;
      await sleep(WAIT);
    }
    return undefined;
  } finally {
    s3.destroy();
  }
}

/** What can be asked once the run's channel was live. */
export const onRecordedStream: readonly Probe[] = [
  {
    place: "local/ivs/recording/layout.ts",
    fact: "media files of a recording are numbered .ts files, thumbnails are thumb<number>.jpg",
    run: async (lab) => {
      const keys = await recordedKeys(lab);
      if (keys === undefined) return { agrees: undefined, seen: "no recording ended within two minutes" };
      const media = keys.filter((key) => /\/media\/hls\/.+\//.test(key) && !key.endsWith(".m3u8"));
      const thumbnails = keys.filter((key) => key.includes("/media/thumbnails/"));
      const isNamed = (name: RegExp) => (key: string) => name.test(key.slice(key.lastIndexOf("/") + 1));
      const odd = [
        ...media.filter((key) => !isNamed(/^\d+\.ts$/)(key)),
        ...thumbnails.filter((key) => !isNamed(/^thumb\d+\.jpg$/)(key)),
      ];
      const seen = `${media.length} media files, ${thumbnails.length} thumbnails${odd.length > 0 ? `, among them ${odd[0]}` : ""}`;
      return { agrees: media.length > 0 && odd.length === 0, seen };
    },
  },
];
