import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CliError } from "#cli/terminal/cli-error.ts";
import { createTerminal } from "#cli/terminal/terminal.ts";

const escapeCode = "\u001b";
const eraseLine = `\r${escapeCode}[2K`;

function recorded(stream: { isTTY?: boolean; columns?: number }, environment: Record<string, string>) {
  const output = { stdout: "", stderr: "" };
  const terminal = createTerminal({
    stdout: { write: (text) => (output.stdout += text) },
    stderr: { ...stream, write: (text) => (output.stderr += text) },
    environment,
  });
  return { terminal, output };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("in a pipe", () => {
  const pipe = () => recorded({}, { LANG: "C.UTF-8" });

  test("says a step's start, and its end with seconds and summary", async () => {
    const { terminal, output } = pipe();
    const step = terminal.step("Deploy", async () => {
      await wait(2000);
      return { value: 7, summary: "60 made" };
    });
    await pass(2000);
    expect(await step).toBe(7);
    expect(output.stderr).toBe("… Deploy\n✓ Deploy  2.0 s  60 made\n");
    expect(output.stdout).toBe("");
  });

  test("says each 30 seconds what still goes on", async () => {
    const { terminal, output } = pipe();
    const step = terminal.step("Deploy", async (tell) => {
      let done = 0;
      tell(() => `${done} of 60`);
      await wait(40_000);
      done = 41;
      await wait(25_000);
      return { value: undefined };
    });
    await pass(65_000);
    await step;
    expect(output.stderr).toBe(
      "… Deploy\n… still Deploy, 30 s (0 of 60)\n… still Deploy, 60 s (41 of 60)\n✓ Deploy  1 min 5 s\n",
    );
  });

  test("writes no escape code, whatever happens", async () => {
    const { terminal, output } = pipe();
    const step = terminal.step("Deploy", async () => {
      terminal.note("a note");
      throw new CliError("DEPLOY_FAILED", "It failed.", "Because.", "Cure it.");
    });
    await expect(step).rejects.toThrow("It failed.");
    expect(terminal.fail(await step.catch((error: unknown) => error))).toBe(1);
    expect(output.stderr).not.toContain(escapeCode);
    expect(output.stderr).toBe(
      "… Deploy\na note\n✗ Deploy  0.0 s\n✗ It failed.\n  Because.\n  Cure it.  DEPLOY_FAILED\n",
    );
  });

  test("keeps to ASCII without a UTF-8 locale", async () => {
    const { terminal, output } = recorded({}, { LANG: "C" });
    await terminal.step("Deploy", async () => ({ value: 1 }));
    expect(output.stderr).toBe(".. Deploy\nok Deploy  0.0 s\n");
  });
});

describe("on a terminal", () => {
  const screen = () => recorded({ isTTY: true, columns: 30 }, { LANG: "C.UTF-8", NO_COLOR: "1" });

  test("changes something at least each 250 milliseconds while a step runs", async () => {
    const { terminal, output } = screen();
    const step = terminal.step("Deploy", async () => ({ value: await wait(2000) }));
    for (let passed = 0; passed < 1750; passed += 250) {
      const before = output.stderr.length;
      await pass(250);
      expect(output.stderr.length).toBeGreaterThan(before);
    }
    await pass(1000);
    await step;
  });

  test("never paints a line that is as wide as the screen", async () => {
    const { terminal, output } = screen();
    const step = terminal.step("Deploy", async (tell) => {
      tell("x".repeat(200));
      return { value: await wait(500) };
    });
    await pass(500);
    await step;
    const painted = output.stderr.split("\n").flatMap((line) => line.split(eraseLine));
    expect(Math.max(...painted.map((line) => line.length))).toBeLessThan(30);
  });

  test("prints the answer above the running line", async () => {
    const { terminal, output } = screen();
    await terminal.step("Deploy", async () => {
      terminal.answer("the answer");
      return { value: 1 };
    });
    expect(output.stdout).toBe("the answer\n");
    expect(output.stderr.endsWith(`${eraseLine}✓ Deploy  0.0 s\n`)).toBe(true);
  });
});
