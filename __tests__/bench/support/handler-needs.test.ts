import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { handlerConstants, handlerVariables } from "#bench/support/handler-needs.ts";
import { HANDLERS } from "#constructs/lambda/bundle.ts";
import { readEnvironment } from "#handlers/shared/environment.ts";

const handlers = readdirSync(HANDLERS).filter((name) => existsSync(join(HANDLERS, name, "handler.ts")));

test.each(handlers)("the variables for %s are those that it takes", async (handler) => {
  const folder = join(HANDLERS, handler);
  const { environment } = await import(join(folder, "env.ts"));
  const variables = await handlerVariables(folder);
  expect(Object.keys(readEnvironment(environment, variables))).toEqual(Object.keys(environment.entries));
});

test("a peer without a schema gets no variables", async () => {
  expect(await handlerVariables(join(HANDLERS, "../bench/peers/bundle/hello"))).toEqual({});
});

test("every constant that a handler declares has a value", () => {
  const declared = handlers.flatMap((handler) => {
    const code = readFileSync(join(HANDLERS, handler, "handler.ts"), "utf8");
    return [...code.matchAll(/^declare const (\w+)/gm)].map(([, name]) => name);
  });
  expect(new Set(declared)).toEqual(new Set(Object.keys(handlerConstants())));
});
