import { describe, expect, it } from "vitest";
import { runProgram } from "#cli/onair/program.ts";
import { verbs } from "#cli/onair/verbs.ts";
import { recordTerminal } from "./fixture/recorded-terminal.ts";

const run = async (...args: readonly string[]) => {
  const { terminal, stdout, stderr } = recordTerminal();
  const exitCode = await runProgram(args, "1.2.3", terminal);
  return { exitCode, stdout: stdout(), stderr: stderr() };
};
const refusal = (...args: readonly string[]) => run(...args).catch((thrown: unknown) => thrown);

describe("the help of onair", () => {
  it.each([[], ...verbs.map(({ name }) => [name])])("%s fits 25 lines of 80 columns", async (...words) => {
    const { exitCode, stdout, stderr } = await run(...words, "--help");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(25);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain("Examples:\n  onair ");
    expect(stdout).toContain("\nExit codes: 0 ");
  });

  it("is what onair alone says, and what help says", async () => {
    const { stdout } = await run("--help");
    expect((await run()).stdout).toBe(stdout);
    expect((await run("help")).stdout).toBe(stdout);
    expect((await run("help", "status")).stdout).toBe((await run("status", "--help")).stdout);
  });

  it.each(verbs.map(({ name, summary }) => [name, summary]))(
    "says what %s does in one sentence",
    async (name, summary) => {
      expect(summary).toMatch(/^[A-Z].*\.$/);
      expect(summary.length).toBeLessThanOrEqual(60);
      const width = Math.max(...verbs.map((verb) => verb.name.length));
      expect((await run("--help")).stdout).toContain(`${name.padEnd(width)}  ${summary}`);
      expect((await run(name, "--help")).stdout.split("\n")[2]).toBe(summary);
    },
  );
});

describe("onair", () => {
  it("says its version", async () => {
    expect(await run("--version")).toEqual({ exitCode: 0, stdout: "1.2.3\n", stderr: "" });
  });

  it.each([
    [["statu"], "Unknown command 'statu'.", "Did you mean status? Nothing was done.", "See: onair --help"],
    [["help", "statu"], "Unknown command 'statu'.", "Did you mean status? Nothing was done.", "See: onair --help"],
    [
      ["status", "--jsn"],
      "Unknown option '--jsn'.",
      "Did you mean --json? Nothing was done.",
      "See: onair status --help",
    ],
    [["--versio"], "Unknown option '--versio'.", "Did you mean --version? Nothing was done.", "See: onair --help"],
    [["test-stream"], "Missing required argument 'channel'.", "Nothing was done.", "See: onair test-stream --help"],
    [
      ["test-stream", "main-stage", "--for", "soon"],
      "Option '--for <time>' argument 'soon' is invalid. Write it as 90s, 10m or 1h, at most 500h.",
      "Nothing was done.",
      "See: onair test-stream --help",
    ],
    [
      ["status", "main-stage"],
      "Too many arguments for 'status'. Expected 0 arguments but got 1.",
      "Nothing was done.",
      "See: onair status --help",
    ],
  ])("refuses %j", async (args, what, why, cure) => {
    expect(await refusal(...args)).toMatchObject({ code: "USAGE", what, why, cure });
  });
});
