import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource/index.js";
import type { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";

/** A resource type of CloudFormation's registry, as far as Terraform must know it to plan. */
export interface ResourceSchema {
  /** For example `AWS::IVS::RecordingConfiguration`. */
  readonly typeName: string;
  /** Every property that may be given, besides `Tags`. */
  readonly properties: readonly string[];
  readonly readOnly: readonly string[];
  /** Steps to each value that is only given when it is made, down to the places of lists: a change of one replaces it. */
  readonly createOnly: readonly string[];
}

/**
 * Declares by AWS Cloud Control what the AWS provider has no resource for, or not for all of it. Its id is the resource's
 * primary identifier, in IVS the ARN.
 *
 * The provider knows no default tags here, so that the stack's are part of the properties; a change of them is an update. It
 * would ask CloudFormation for the type's schema while planning; it is told instead, and compares whole paths with it.
 */
export function cloudControlResource(
  scope: Construct,
  id: string,
  { typeName, properties, readOnly, createOnly }: ResourceSchema,
  desired: Readonly<Record<string, unknown>>,
): CloudcontrolapiResource {
  const pointer = (steps: string) => `/properties/${steps}`;
  const names = [...properties, ...readOnly, "Tags"];
  return new CloudcontrolapiResource(scope, id, {
    typeName,
    desiredState: JSON.stringify({ ...desired, Tags: tagsOf(scope) }),
    schema: JSON.stringify({
      typeName,
      properties: Object.fromEntries(names.map((name) => [name, {}])),
      additionalProperties: false,
      primaryIdentifier: [pointer("Arn")],
      readOnlyProperties: readOnly.map(pointer),
      createOnlyProperties: createOnly.map(pointer),
    }),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** By their keys, since a change names a tag by its place in the list. */
const tagsOf = (scope: Construct) =>
  Object.entries(AwsStack.of(scope).tags)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
