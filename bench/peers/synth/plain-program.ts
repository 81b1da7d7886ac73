import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** The parts of a synthesized stack that make resources. */
export interface StackJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const pascalCase = (name: string): string => camelCase(`_${name}`);

/** The class of a resource or data source, as one writes it under the barrel import of its provider. */
function className(kind: "resource" | "data", type: string): string {
  if (type === "terraform_data") return "cdktf.DataResource";
  const [provider = "", ...rest] = type.split("_");
  const name = provider === "aws" ? rest.join("_") : type;
  const module = kind === "data" ? `data_${provider === "aws" ? type : name}` : name;
  const typings = require.resolve(`@cdktf/provider-${provider}/lib/${module.replaceAll("_", "-")}/index.d.ts`);
  // Not always the module's name: some have an A behind it, where another class took the name.
  const found = /export declare class (\w+) extends cdktf\.Terraform(?:Resource|DataSource)/.exec(
    readFileSync(typings, "utf8"),
  );
  if (!found) throw new Error(`no class for ${type} in ${typings}`);
  return `${provider}.${camelCase(module)}.${found[1]}`;
}

/** The statements that make one resource and set every attribute that ours has. */
function resource(
  kind: "resource" | "data",
  type: string,
  name: string,
  block: Readonly<Record<string, unknown>>,
): string {
  const attributes = Object.entries(block).filter(([key]) => key !== "//");
  const lines = [
    `    const made = new ${className(kind, type)}(this, ${JSON.stringify(`${kind} ${type} ${name}`)}, {} as any);`,
    `    made.overrideLogicalId(${JSON.stringify(name)});`,
    ...attributes.map(([key, value]) => `    made.addOverride(${JSON.stringify(key)}, ${JSON.stringify(value)});`),
  ];
  return `    {\n${lines.join("\n")}\n    }`;
}

const blocks = (kind: "resource" | "data", all: Blocks = {}): string[] =>
  Object.entries(all).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => resource(kind, type, name, block)),
  );

/**
 * One file as the default TypeScript template begins it: the providers' barrels imported, everything in a class for each
 * stack. It makes the resources, data sources and outputs of the given stacks. It builds no function's code, checks
 * nothing and gives every resource an untyped configuration, all of which makes it quicker than a file written by hand.
 */
export function plainProgram(stacks: Readonly<Record<string, StackJson>>): string {
  const classes = Object.entries(stacks).map(([name, { resource: resources, data, output = {} }]) => {
    const outputs = Object.entries(output).map(
      ([id, { value, description }]) =>
        `    new cdktf.TerraformOutput(this, ${JSON.stringify(id)}, ${JSON.stringify({ value, description })});`,
    );
    return `class ${pascalCase(name)}Stack extends cdktf.TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new aws.provider.AwsProvider(this, "aws", {});
    new archive.provider.ArchiveProvider(this, "archive", {});
${[...blocks("resource", resources), ...blocks("data", data), ...outputs].join("\n")}
  }
}`;
  });
  const made = Object.keys(stacks).map((name) => `new ${pascalCase(name)}Stack(app, ${JSON.stringify(name)});`);
  return `import { Construct } from "constructs";
import * as cdktf from "cdktf";
import * as aws from "@cdktf/provider-aws";
import * as archive from "@cdktf/provider-archive";

${classes.join("\n\n")}

const app = new cdktf.App();
${made.join("\n")}
app.synth();
`;
}
