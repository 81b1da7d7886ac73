import { type Precondition, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Values that the state remembers from one deploy to the next, for plans to compare the configuration with
 * (`terraform_data`). Not cdktf's own class for it, which starts Terraform at each synthesis to ask for its version.
 */
export class Memory extends TerraformResource {
  constructor(scope: Construct, id: string, input: Readonly<Record<string, string | boolean>>) {
    super(scope, id, { terraformResourceType: "terraform_data" });
    this.addOverride("input", input);
  }
}

/** A value that must stay what it was at the first deploy. */
export interface FirstValue {
  /** What the state calls it. */
  readonly name: string;
  readonly value: string;
  /** Why another one is refused, and what to do. */
  readonly errorMessage: string;
}

/** Lets the state remember a value of the first deploy, and refuses a plan that has another one. */
export function sameAsBefore(scope: Construct, id: string, { name, value, errorMessage }: FirstValue): Precondition {
  const first = new Memory(scope, id, { [name]: value });
  first.lifecycle = { ignoreChanges: ["input"] };
  return { condition: `\${${first.fqn}.output.${name} == "${value}"}`, errorMessage };
}
