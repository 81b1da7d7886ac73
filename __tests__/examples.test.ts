import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const synthesized = (example: string) => {
  const folder = mkdtempSync(join(tmpdir(), "example-"));
  const finished = spawnSync(process.execPath, ["--import", "tsx", join(root, "examples", example, "main.ts")], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: folder },
  });
  expect(finished).toMatchObject({ status: 0, stderr: "" });
  const stack = JSON.parse(readFileSync(join(folder, "stacks", example, "cdk.tf.json"), "utf8"));
  rmSync(folder, { recursive: true });
  return { kinds: Object.keys(stack.resource), outputs: Object.keys(stack.output), backend: stack.terraform.backend };
};

it("every example is listed in examples/README.md, and nothing else is", () => {
  const listed = readFileSync(join(root, "examples/README.md"), "utf8").matchAll(
    /^\| \[([a-z-]+)\]\(\1\/main\.ts\) \|/gm,
  );
  expect([...listed].map(([, name]) => name).sort()).toEqual(examples.sort());
});

it.each([
  ["simple", ["aws_ivs_channel"], ["ingest_endpoint", "playback_url"]],
  [
    "recording",
    ["aws_ivs_channel", "aws_ivs_recording_configuration", "aws_s3_bucket"],
    ["bucket_name", "channel_arn"],
  ],
  ["private-channel", ["aws_ivs_channel", "aws_ivs_playback_key_pair", "aws_kms_key"], ["channel_arn", "key_id"]],
  ["room", ["aws_ivschat_room"], ["room_arn"]],
  [
    "room-with-review",
    ["aws_ivschat_room", "aws_lambda_function", "aws_lambda_permission"],
    ["review_function_name", "room_arn"],
  ],
  [
    "room-with-logging",
    ["aws_ivschat_logging_configuration", "aws_ivschat_room", "aws_s3_bucket"],
    ["bucket_name", "room_arn"],
  ],
])("examples/%s makes what its name says", (example, kinds, outputs) => {
  const found = synthesized(example);
  expect(found.kinds).toEqual(expect.arrayContaining(kinds));
  expect(found.outputs).toEqual(outputs);
});

it("examples/complete has all of them in one app, on a remote state with both locks", () => {
  const { kinds, outputs, backend } = synthesized("complete");
  expect(kinds).toEqual(
    expect.arrayContaining([
      "aws_ivs_channel",
      "aws_ivs_playback_key_pair",
      "aws_ivs_recording_configuration",
      "aws_ivschat_logging_configuration",
      "aws_ivschat_room",
      "aws_lambda_function",
    ]),
  );
  expect(outputs).toEqual(["channel", "playback_key", "room", "stream_key"]);
  expect(backend.s3).toMatchObject({ dynamodb_table: "example-terraform-locks", use_lockfile: true, encrypt: true });
});
