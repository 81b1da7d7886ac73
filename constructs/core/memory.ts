import { TerraformResource } from "cdktf";
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
