import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import * as v from "valibot";
import { probeMachine } from "../prerequisites/probe.ts";
import { isFitPython, type Machine, requireMachine } from "../prerequisites/requirements.ts";
import { CliError } from "../terminal/cli-error.ts";
import { terraformEnvironment } from "../terraform/run-terraform.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Node, Python and Terraform. */
export async function checkMachine(environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  return judgeMachine(await probeMachine(environment));
}

/** What is wrong first stands for all three, as in `npm start`: it is cured first. */
export function judgeMachine(machine: Machine): Finding[] {
  const { node, python, terraform } = machine;
  const seen = `Node ${node}, Python ${python.version ?? "missing"}, Terraform ${terraform.version ?? "missing"}`;
  try {
    requireMachine(machine);
    return [ok("versions", seen)];
  } catch (thrown) {
    if (!(thrown instanceof CliError)) throw thrown;
    // Python runs the local cloud only.
    const state = isFitPython(python) ? fail : warn;
    return [state("versions", `${seen}: ${thrown.what}`, thrown.cure)];
  }
}

const selections = v.object({ provider_selections: v.record(v.string(), v.string()) });

/** Whether Terraform has the providers that a stack needs. */
export async function checkProvider(folder: string, environment: NodeJS.ProcessEnv): Promise<Finding> {
  const name = "providers";
  const cure = `Run terraform init in ${folder}.`;
  if (!existsSync(folder)) return fail(name, "no stack was synthesized", "Run npm run synth, then deploy.");
  const { stdout } = await promisify(execFile)("terraform", ["version", "-json"], {
    cwd: folder,
    env: { ...environment, ...terraformEnvironment },
  });
  const { provider_selections: chosen } = v.parse(selections, JSON.parse(stdout));
  const said = Object.entries(chosen).map(([place, version]) => `${place.split("/").slice(-2).join("/")} ${version}`);
  return said.some((one) => one.startsWith("hashicorp/aws ")) ? ok(name, said.join(", ")) : fail(name, "none", cure);
}
