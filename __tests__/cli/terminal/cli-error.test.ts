import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asCliError, CliError, errorLines, exitCodes, isErrorCode } from "#cli/terminal/cli-error.ts";

describe("errorLines", () => {
  test("says what, why and the cure, and the code as the last word", () => {
    const error = new CliError("PORT_BUSY", "Port 4566 is used by ssh.", "Nothing was started.", "Stop it.");
    expect(errorLines(error)).toEqual(["Port 4566 is used by ssh.", "  Nothing was started.", "  Stop it.  PORT_BUSY"]);
  });

  test("keeps the last four lines of a long reason", () => {
    const error = new CliError("PART_DIED", "It ended.", "1\n2\n\n3\n4\n5\n6\n", "Start again.");
    expect(errorLines(error)).toEqual(["It ended.", "  3", "  4", "  5", "  6", "  Start again.  PART_DIED"]);
  });

  test("is never longer than six lines, whatever the reason", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (why) => {
        const lines = errorLines(new CliError("UNEXPECTED", "what", why, "cure"));
        expect(lines.length).toBeLessThanOrEqual(6);
        expect(lines.at(-1)).toBe("  cure  UNEXPECTED");
      }),
    );
  });
});

test("takes an error that nobody foresaw as UNEXPECTED, with its message", () => {
  const error = asCliError(new Error("disk on fire"));
  expect(error.code).toBe("UNEXPECTED");
  expect(error.why).toContain("disk on fire");
  expect(asCliError("text").why).toContain("text");
});

test("gives every code an exit code that says failure", () => {
  for (const code of Object.values(exitCodes)) expect([1, 2, 3, 4, 5, 6, 130]).toContain(code);
  expect(exitCodes.LOCK_HELD).toBe(5);
  expect(exitCodes.TERRAFORM_MISSING).toBe(6);
  expect(exitCodes.INTERRUPTED).toBe(130);
});

test("knows its codes from other words", () => {
  expect(isErrorCode("PORT_BUSY")).toBe(true);
  expect(isErrorCode("toString")).toBe(false);
});
