import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";

/** Makes one stack output; `name` is snake_case, `<area>_<thing>_<attribute>`. */
export function output(scope: Construct, name: string, value: unknown, description: string): void {
  const made = new TerraformOutput(scope, `output-${name}`, { value, description });
  made.overrideLogicalId(name);
}
