import { createHash } from "node:crypto";
import type { Construct } from "constructs";
import { AwsStack } from "./aws-stack.ts";

/**
 * The name of a resource on AWS: the stack's prefix and the construct's path, so that two environments, or two
 * constructs of one stack, never meet. Too long a name is cut and ends in a hash of the whole.
 *
 * @param maximumLength what the service allows, in characters
 */
export function physicalName(scope: Construct, { maximumLength = 128 }: { maximumLength?: number } = {}): string {
  const stack = AwsStack.of(scope);
  const path = scope.node.path.split("/").slice(1);
  const whole = [stack.namePrefix, ...path].join("-").replace(/[^a-zA-Z0-9-]/g, "-");
  if (whole.length <= maximumLength) return whole;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, 8);
  return `${whole.slice(0, maximumLength - 9)}-${hash}`;
}
