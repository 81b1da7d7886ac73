import { type TerraformStack, Testing } from "cdktf";
import type { IConstruct } from "constructs";
import { AwsStack, type AwsStackProps } from "#constructs/core/aws-stack.ts";

type Block = Record<string, unknown>;
interface TerraformType {
  readonly tfResourceType: string;
}

/** A stack for the tests of constructs, in an app of its own. */
export function testStack(props: Partial<AwsStackProps> = {}): AwsStack {
  return new AwsStack(Testing.app(), "stack", { region: "eu-west-1", namePrefix: "onair-test", ...props });
}

/** The hash that ends a generated id; tests read better without it. */
const ID_HASH = /(?<=\w)_[0-9A-F]{8}\b/g;

/** The Terraform JSON of a stack as the app would write it: prepared, validated, and refused where annotated with errors. */
export function template(stack: TerraformStack) {
  stack.prepareStack();
  const json = JSON.parse(Testing.synth(stack, true).replace(ID_HASH, "")) as Record<
    string,
    Record<string, Record<string, Block>>
  >;
  refuseAnnotatedErrors(stack);
  const all = (kind: "resource" | "data", { tfResourceType }: TerraformType): Block[] =>
    Object.values(json[kind]?.[tfResourceType] ?? {}).map(({ "//": _metadata, ...block }) => block);
  const only = (blocks: Block[], type: TerraformType): Block => {
    const [block, ...others] = blocks;
    if (!block || others.length > 0) throw new Error(`${blocks.length} of ${type.tfResourceType}, not one`);
    return block;
  };
  return {
    json,
    resources: (type: TerraformType) => all("resource", type),
    resource: (type: TerraformType) => only(all("resource", type), type),
    dataSource: (type: TerraformType) => only(all("data", type), type),
    output: (name: string) => json.output?.[name] as Block | undefined,
  };
}

function refuseAnnotatedErrors(node: IConstruct): void {
  const errors = node.node
    .findAll()
    .flatMap((child) => child.node.metadata.filter(({ type }) => type === "@cdktf/error"));
  if (errors.length > 0) throw new Error(errors.map(({ data }) => String(data)).join("\n"));
}
