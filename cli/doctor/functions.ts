import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import * as v from "valibot";
import { readFunctionState } from "#aws/operator/function-state.ts";
import { check, type Finding, fail, ok, some } from "./finding.ts";

const synthesized = v.object({
  resource: v.object({
    aws_lambda_function: v.record(
      v.string(),
      v.object({
        function_name: v.string(),
        environment: v.optional(v.object({ variables: v.record(v.string(), v.unknown()) })),
      }),
    ),
  }),
});

/** The variables of each function by its name, as a stack was synthesized. */
function expectedFunctions(folder: string): ReadonlyMap<string, readonly string[]> {
  const { resource } = v.parse(synthesized, JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")));
  return new Map(
    Object.values(resource.aws_lambda_function).map(({ function_name, environment }) => [
      function_name,
      Object.keys(environment?.variables ?? {}),
    ]),
  );
}

/** Whether every function of the synthesized stack is there, with all its variables. */
export const checkFunctions = (lambda: LambdaClient, folder: string): Promise<Finding> =>
  check("functions", async () => {
    const expected = expectedFunctions(folder);
    const faults: string[] = [];
    for (const [name, variables] of expected) {
      const found = await readFunctionState(lambda, name);
      if (found === undefined) faults.push(`${name} is missing`);
      else if (!found.isReady) faults.push(`${name} is not ready`);
      else {
        const missing = variables.filter((variable) => !found.variables.includes(variable));
        if (missing.length > 0) faults.push(`${name} lacks ${missing.join(", ")}`);
      }
    }
    return faults.length === 0
      ? ok("functions", `${expected.size} are there, with their variables`)
      : fail("functions", some(faults), "Deploy the platform again.");
  });
