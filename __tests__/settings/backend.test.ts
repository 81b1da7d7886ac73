import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBackend } from "#settings/backend.ts";

const backend = {
  bucket: "team-state",
  region: "eu-west-1",
  encrypt: true,
  dynamodb_table: "team-locks",
  use_lockfile: true,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backend-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, s3: object) =>
  writeFileSync(join(folder, file), JSON.stringify({ terraform: { backend: { s3 } } }));

describe("the remote state", () => {
  it("is said in backend.tf.json", () => {
    write("backend.tf.json", backend);
    expect(readBackend(folder, "dev", ["dev"])).toEqual(backend);
  });

  it("of one environment is said in a file of its own, where there is one", () => {
    write("backend.tf.json", backend);
    write("backend.prod.tf.json", { ...backend, bucket: "prod-state" });
    expect(readBackend(folder, "prod", ["dev", "prod"]).bucket).toBe("prod-state");
    expect(readBackend(folder, "dev", ["dev", "prod"]).bucket).toBe("team-state");
  });

  it.each([
    ["without encryption", { encrypt: false }, "terraform.backend.s3.encrypt: false is not true"],
    ["without the lock file", { use_lockfile: false }, "terraform.backend.s3.use_lockfile: false is not true"],
    ["with a bucket that S3 would refuse", { bucket: "Team State" }, '"Team State" is not a bucket name'],
  ])("is refused %s", (_what, change, message) => {
    write("backend.tf.json", { ...backend, ...change });
    expect(() => readBackend(folder, "dev", ["dev"])).toThrow(message);
  });

  it("is refused with a key of its own, since each stack has its own", () => {
    write("backend.tf.json", { ...backend, key: "terraform.tfstate" });
    expect(() => readBackend(folder, "dev", ["dev"])).toThrow("backend.tf.json, terraform.backend.s3.key");
  });

  it("is refused where two environments would own one bucket", () => {
    write("backend.tf.json", backend);
    expect(() => readBackend(folder, "prod", ["dev", "prod"])).toThrow(
      'backend.tf.json, terraform.backend.s3.bucket: "team-state" is the bucket of environment dev too: say another one in backend.prod.tf.json.',
    );
  });

  it("is refused where it is not JSON, with the place", () => {
    writeFileSync(join(folder, "backend.tf.json"), '{ "terraform": {}, }');
    expect(() => readBackend(folder, "dev", ["dev"])).toThrow(
      /^backend\.tf\.json, whole file: .* is not JSON: .*SETTINGS_INVALID$/,
    );
  });
});
