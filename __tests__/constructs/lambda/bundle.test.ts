import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bundleHandler } from "#constructs/lambda/bundle.ts";

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** A handlers folder with one handler of this code. */
function handlers(code: string): string {
  const folder = mkdtempSync(join(tmpdir(), "handlers-"));
  made.push(folder);
  mkdirSync(join(folder, "greet"));
  writeFileSync(join(folder, "greet", "word.ts"), "export const word: string = 'hello';");
  writeFileSync(join(folder, "greet", "handler.ts"), code);
  return folder;
}

const CODE = `
  import { basename } from "node:path";
  import { word } from "./word.ts";
  declare const NAMES: string[];
  export const handler = () => word + " " + basename(NAMES.join("/"));
`;

const run = async (bundle: Uint8Array) =>
  (await import(`data:text/javascript;base64,${Buffer.from(bundle).toString("base64")}`)).handler();

describe("a handler's bundle", () => {
  it("holds all that the handler uses, and the constants that it was given", async () => {
    const bundle = bundleHandler({
      handler: "greet",
      handlersFolder: handlers(CODE),
      constants: { NAMES: ["a", "b"] },
    });
    expect(await run(bundle)).toBe("hello b");
  });

  it("is the same bytes in another folder", () => {
    const bytes = () => bundleHandler({ handler: "greet", handlersFolder: handlers(CODE), constants: { NAMES: [] } });
    expect(Buffer.from(bytes()).equals(bytes())).toBe(true);
  });

  it("is not made of code that does not build", () => {
    expect(() => bundleHandler({ handler: "greet", handlersFolder: handlers("import './nowhere.ts';") })).toThrow(
      'Could not resolve "./nowhere.ts"',
    );
  });
});
