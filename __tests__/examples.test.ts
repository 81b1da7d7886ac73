import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

it("examples/simple is one channel, and its addresses as outputs", () => {
  const outdir = mkdtempSync(join(tmpdir(), "simple-"));
  const main = join(ROOT, "examples/simple/main.ts");
  const run = spawnSync(process.execPath, ["--import", "tsx", main], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: outdir },
  });
  expect(run).toMatchObject({ status: 0, stderr: "" });
  const json = JSON.parse(readFileSync(join(outdir, "stacks/simple/cdk.tf.json"), "utf8"));
  rmSync(outdir, { recursive: true });
  expect(Object.keys(json.resource)).toEqual(["aws_ivs_channel", "terraform_data"]);
  expect(Object.keys(json.output)).toEqual(["ingest_endpoint", "playback_url"]);
});
