import { expect, test } from "vitest";
import { cloudFailure } from "#cli/start/cloud-failure.ts";
import { errorLines } from "#cli/terminal/cli-error.ts";

test("shows what the cloud says of itself, with its code", () => {
  const lines = ["Installing", "Port 4566 is used by ssh (process 4806). Stop it.  PORT_BUSY"];
  expect(errorLines(cloudFailure(lines, ".onair/logs/cloud.log"))).toEqual([
    "Port 4566 is used by ssh (process 4806). Stop it.",
    "  All that the cloud said: .onair/logs/cloud.log  PORT_BUSY",
  ]);
});

test("shows the last lines of a part that died", () => {
  const lines = ["ready", "ministack stopped by itself (SIGKILL). Its last lines:", "  one", "  two  PART_DIED"];
  expect(errorLines(cloudFailure(lines, "log"))).toEqual([
    "ministack stopped by itself (SIGKILL). Its last lines:",
    "    one",
    "    two",
    "  All that the cloud said: log  PART_DIED",
  ]);
});

test("shows the last lines of a cloud that said nothing of itself", () => {
  expect(errorLines(cloudFailure(["a", "b", "c", "d", "Killed  BY_SOMEBODY"], "log"))).toEqual([
    "The local cloud has ended. It said last:",
    "  b",
    "  c",
    "  d",
    "  Killed  BY_SOMEBODY",
    "  All of it: log. Then: npm start  PART_DIED",
  ]);
});

test("takes a cloud that said nothing at all", () => {
  expect(cloudFailure([], "log").code).toBe("PART_DIED");
});
