import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack, Testing } from "cdktf";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { environment, STACKS, stacks } from "#__tests__/support/stacks.ts";
import { template } from "#__tests__/support/template.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { Environment } from "#stacks/environment.ts";
import { PlatformStack } from "#stacks/platform.ts";
import { StateStack } from "#stacks/state.ts";

const HANDLERS = join(import.meta.dirname, "../../handlers");

/** A function of a stack, as it is deployed. */
interface Deployed {
  /** A folder of handlers/. */
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The variables of each function of a synthesized stack, by the function's name on AWS. */
function variablesOf({ json }: ReturnType<typeof template>): Map<string, Deployed["variables"]> {
  const blocks = Object.values(json.resource?.aws_lambda_function ?? {}) as {
    readonly function_name: string;
    readonly environment?: { readonly variables: Deployed["variables"] };
  }[];
  return new Map(blocks.map(({ function_name, environment }) => [function_name, environment?.variables ?? {}]));
}

/** The functions of an environment, by name. */
function functions(of: Environment): Map<string, Deployed> {
  const app = Testing.app();
  const made: TerraformStack[] = [new StateStack(app, "state", of), new PlatformStack(app, "platform", of)];
  return new Map(
    made.flatMap((stack) => {
      const variables = variablesOf(template(stack));
      const nodes = stack.node.findAll().filter((node) => node instanceof NodeFunction);
      return nodes.map((node) => {
        const name = String(node.resource.functionNameInput);
        return [name, { handler: node.handler, variables: variables.get(name) ?? {} }] as const;
      });
    }),
  );
}

const schemaOf = async (handler: string): Promise<v.GenericSchema> =>
  (await import(join(HANDLERS, handler, "env.ts"))).environment;

describe.each(["dev", "prod"])("the environment of each function in %s", (name) => {
  const found = functions(environment(name));

  it("is looked at in every stack", () => {
    const deployed = STACKS.flatMap((stack) => [...variablesOf(stacks(environment(name))[stack]).keys()]);
    expect([...found.keys()].sort()).toEqual(deployed.sort());
  });

  it.each([...found])("%s has what its handler asks for, and nothing else", async (_name, { handler, variables }) => {
    const { issues } = v.safeParse(await schemaOf(handler), variables);
    expect(issues).toBeUndefined();
  });
});

describe("the environment's schema of each handler", () => {
  const handlers = readdirSync(HANDLERS, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && readdirSync(join(HANDLERS, entry.name)).includes("handler.ts") ? [entry.name] : [],
  );

  it.each(handlers)("%s refuses a variable that it does not read", async (handler) => {
    expect(v.is(await schemaOf(handler), { ONAIR_NOBODY_READS_THIS: "1" })).toBe(false);
  });
});
