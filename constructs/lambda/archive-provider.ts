import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider/index.js";
import type { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";

/** The one archive provider of a stack, made when its first function needs it. */
export function archiveProvider(scope: Construct): ArchiveProvider {
  const stack = AwsStack.of(scope);
  const existing = stack.node.tryFindChild("archive");
  if (existing) return existing as ArchiveProvider;
  // The bindings pin the one release that they were generated from.
  stack.addOverride("terraform.required_providers.archive.version", "~> 2.7");
  return new ArchiveProvider(stack, "archive");
}
