import { S3Client } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { playService } from "#__tests__/aws/state-backend/recorded-server.ts";
import { createPictures } from "#aws/pictures/pictures.ts";
import { toProblem } from "#handlers/shared/api/failure.ts";

const id = `${"0".repeat(32)}-${"f".repeat(32)}`;

/** Pictures in an S3 that refuses what is kept. */
async function keepRefused(status: number, code: string): Promise<unknown> {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>said by S3</Message></Error>`;
  await using s3 = await playService(() => ({ status, headers: { "content-type": "application/xml" }, body }));
  const client = new S3Client({
    region: "us-west-2",
    endpoint: s3.endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const kept = createPictures(client, "pictures").keep(id, new Uint8Array([1]), "png");
  const outcome = await kept.catch((error: unknown) => error);
  client.destroy();
  return outcome;
}

it.each(["ConditionalRequestConflict", "OperationAborted"])(
  "two requests that show a picture at once (%s) are to be asked for again, and are no failure",
  async (code) => {
    const { status, code: problem, headers } = toProblem(await keepRefused(409, code), "request-1");
    expect([status, problem, headers]).toEqual([503, "BUSY", { "retry-after": "2" }]);
  },
);

it("a picture that is kept already is left as it is", async () => {
  expect(await keepRefused(412, "PreconditionFailed")).toBeUndefined();
});
