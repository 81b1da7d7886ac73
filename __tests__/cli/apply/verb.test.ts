import { describe, expect, it } from "vitest";
import { applyVerb } from "#cli/apply/verb.ts";
import { runProgram } from "#cli/onair/program.ts";
import { optionsOf } from "../onair/fixture/parsed-options.ts";
import { recordTerminal } from "../onair/fixture/recorded-terminal.ts";

const hash = "0123456789abcdef".repeat(4);
const refusal = (...words: readonly string[]) =>
  runProgram(["apply", ...words], "1.2.3", recordTerminal().terminal).catch((thrown: unknown) => thrown);

describe("onair apply", () => {
  it("waits for nobody unless it is told to", () => {
    expect(optionsOf(applyVerb, ["--reviewed", hash])).toMatchObject({ reviewed: hash, wait: "0s" });
    expect(optionsOf(applyVerb, ["--reviewed", hash, "--wait", "5m"])).toMatchObject({ wait: "5m" });
  });

  it.each([
    [[], "Required option '--reviewed <hash>' not specified."],
    [
      ["--reviewed", "abc"],
      "Option '--reviewed <hash>' argument 'abc' is invalid. It has 64 figures, 0 to 9 and a to f.",
    ],
    [
      ["--reviewed", hash, "--wait", "soon"],
      "Option '--wait <time>' argument 'soon' is invalid. Write it as 90s or 5m.",
    ],
  ])("refuses %j", async (words, what) => {
    expect(await refusal(...words)).toMatchObject({ code: "USAGE", what, cure: "See: onair apply --help" });
  });
});
