import { expect, test } from "vitest";
import { CliError, errorLines } from "#cli/terminal/cli-error.ts";
import { parseOptions } from "#cli/terminal/options.ts";

const usage = "npm start [-- --port 4566]\n\nMore.";
const defaults = { folder: ".onair", port: "" };

test("reads options, and gives the default for what is not said", () => {
  expect(parseOptions(["--port", "4700"], defaults, usage)).toEqual({ folder: ".onair", port: "4700" });
  expect(parseOptions(["--folder=x"], defaults, usage)).toEqual({ folder: "x", port: "" });
});

test("asks for help by either name", () => {
  expect(parseOptions(["--help"], defaults, usage)).toBe("help");
  expect(parseOptions(["-h", "--unknown"], defaults, usage)).toBe("help");
});

test("refuses an option that it does not know, and names those it does", () => {
  const refusal = thrownBy(() => parseOptions(["--prot", "1"], defaults, usage));
  expect(errorLines(refusal)).toEqual([
    "Unknown option '--prot'",
    "  Known: --folder, --port. Nothing was started.",
    "  Type: npm start [-- --port 4566]  USAGE",
  ]);
});

function thrownBy(call: () => unknown): CliError {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof CliError) return thrown;
  }
  throw new Error("It was not refused.");
}
