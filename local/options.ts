import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CloudFailure } from "./failure.ts";
import { isConstraint } from "./terraform/version-constraint.ts";

export const USAGE = `npm run local -- [--folder .onair] [--port 4566] [--ready-file <folder>/run.json]
                [--account 000000000000] [--region us-east-1]
                [--require-terraform] [--aws-provider "~> 5.100"]
                [--insecure-ingest where-allowed|everywhere] [--rates service|none]

Runs the local cloud until Ctrl-C. Progress goes to standard error. The port can also be chosen by ONAIR_PORT.
Without providers for Terraform it runs too, unless --require-terraform is given. --aws-provider says which releases
of hashicorp/aws the stacks ask for. --insecure-ingest everywhere lets encoders send by plain RTMP to every channel,
not only to those whose insecureIngest says so. --rates none lets more API calls a second through than AWS does.

Exit codes: 0 ended by Ctrl-C, or already running; 1 failed; 2 usage; 6 a prerequisite is missing.`;

const PROJECT = join(import.meta.dirname, "..");

const portOf = (text: string | undefined): number | undefined => {
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CloudFailure("USAGE", `A port is a number from 0 to 65535; got ${JSON.stringify(text)}.`);
};

const constraintOf = (text: string | undefined): string | undefined => {
  if (text === undefined || isConstraint(text)) return text;
  throw new CloudFailure("USAGE", `--aws-provider is a version constraint of Terraform; got ${JSON.stringify(text)}.`);
};

/** An option that takes one of two words. */
const oneOf = <Word extends string>(option: string, words: readonly [Word, Word], text: string): Word => {
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  throw new CloudFailure("USAGE", `${option} is ${words.join(" or ")}; got ${JSON.stringify(text)}.`);
};

/**
 * What the command line asks for.
 * @param environment where ONAIR_PORT may choose the port
 * @throws CloudFailure USAGE for a value that is none, and parseArgs' TypeError for an option that there is not
 */
export const readOptions = (args: readonly string[], environment: NodeJS.ProcessEnv) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      folder: { type: "string", default: join(PROJECT, ".onair") },
      port: { type: "string" },
      "ready-file": { type: "string" },
      account: { type: "string", default: "000000000000" },
      region: { type: "string", default: "us-east-1" },
      "require-terraform": { type: "boolean", default: false },
      "aws-provider": { type: "string" },
      "insecure-ingest": { type: "string", default: "where-allowed" },
      rates: { type: "string", default: "service" },
    },
  });
  if (!/^\d{12}$/.test(values.account)) {
    throw new CloudFailure("USAGE", `An account id has twelve digits; got ${JSON.stringify(values.account)}.`);
  }
  const folder = resolve(values.folder);
  return {
    folder,
    port: portOf(values.port ?? environment.ONAIR_PORT),
    readyFile: resolve(values["ready-file"] ?? join(folder, "run.json")),
    accountId: values.account,
    region: values.region,
    awsProvider: constraintOf(values["aws-provider"]),
    insecureIngest: oneOf("--insecure-ingest", ["where-allowed", "everywhere"], values["insecure-ingest"]),
    rates: oneOf("--rates", ["service", "none"], values.rates),
    terraform: values["require-terraform"] ? ("required" as const) : ("wanted" as const),
  };
};
