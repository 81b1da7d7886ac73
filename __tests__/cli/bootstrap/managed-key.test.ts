import { expect, test } from "vitest";
import { makeHome } from "./fixture/make-home.ts";

const put = expect.stringMatching(/^PUT .*\/onair\/\.encryption$/);

test("the bootstrap has alias/aws/s3 made before Terraform names it", async () => {
  const { thrown, sent } = await makeHome({ backend: { kmsKeyId: "alias/aws/s3" } });
  expect(thrown).toBeUndefined();
  expect(sent.map(({ line }) => line)).toContainEqual(put);
});

test("the bootstrap asks the local cloud, which has no such key, for none", async () => {
  const { thrown, sent } = await makeHome({ backend: { kmsKeyId: "alias/aws/s3" }, local: true });
  expect(thrown).toBeUndefined();
  expect(sent.map(({ line }) => line)).not.toContainEqual(put);
});
