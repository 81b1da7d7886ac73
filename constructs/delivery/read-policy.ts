import type { AwsStack } from "../core/aws-stack.ts";
import type { Statement } from "../core/policy.ts";
import { actionsOf, actionsOnAll, bucketArn, roleArn, SERVICES_WITH_RESOURCES, type Service } from "./services.ts";
import { lockTableArn, type States } from "./state-access.ts";
import { policyArn } from "./within-boundary.ts";

/** What an environment's things are called. */
export interface Names {
  /** What the names of its resources match, for example `onair-dev-*`. */
  readonly resources: string;
  /** What the names of the roles and policies of delivery match; never by `resources`. */
  readonly delivery: string;
  /** What the partition keys of table rows that Terraform writes match. Rows of people are none of them. */
  readonly rowKeys: readonly string[];
  /** Those of rows that converge changes: it holds an account while it changes its channel, and takes turns. */
  readonly convergeKeys: readonly string[];
}

const service = (name: string): Service => {
  const found = SERVICES_WITH_RESOURCES.find((one) => one.name === name);
  if (!found) throw new Error(`no service ${name}`);
  return found;
};

const onRows = (
  stack: AwsStack,
  { resources }: Names,
  sid: string,
  keys: readonly string[],
  actions: readonly string[],
): Statement => ({
  sid,
  actions: actions.map((action) => `dynamodb:${action}`),
  resources: [stack.arn("dynamodb", `table/${resources}`)],
  conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys } },
});

/** The rows of the tables that Terraform writes, and no other. */
export const onOwnRows = (stack: AwsStack, names: Names, actions: readonly string[]): Statement =>
  onRows(stack, names, "OwnRows", names.rowKeys, actions);

/** What converge writes besides; it removes no row. */
export const convergeRows = (stack: AwsStack, names: Names): Statement =>
  onRows(stack, names, "ConvergeRows", names.convergeKeys, ["UpdateItem"]);

/** All rows: converge compares what belongs to people with the settings, too. */
export const readRows = (stack: AwsStack, { resources }: Names): Statement => ({
  sid: "AllRows",
  actions: ["dynamodb:GetItem", "dynamodb:Query"],
  resources: [stack.arn("dynamodb", `table/${resources}`)],
});

/** What a plan of any stack asks AWS for. Secrets are in none of it. */
export function planReads(stack: AwsStack, names: Names, states: States): Statement[] {
  const bucket = service("Buckets");
  const table = service("Tables");
  return [
    ...SERVICES_WITH_RESOURCES.map((one) => ({
      sid: `Read${one.name}`,
      actions: actionsOf(one, one.reads),
      resources: one.resources(stack, names.resources),
    })),
    { sid: "ReadWithoutResource", actions: actionsOnAll("reads"), resources: ["*"] },
    onOwnRows(stack, names, ["GetItem"]),
    {
      sid: "ReadStateBucket",
      actions: actionsOf(bucket, bucket.reads),
      resources: [bucketArn(stack, states.bucket)],
    },
    {
      sid: "ReadLockTable",
      actions: actionsOf(table, table.reads),
      resources: [lockTableArn(stack, states)],
    },
    {
      sid: "ReadDelivery",
      actions: [
        ...actionsOf(service("Roles"), service("Roles").reads),
        ...["iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetOpenIDConnectProvider"],
      ],
      resources: [
        roleArn(stack, names.delivery),
        policyArn(stack, names.delivery),
        `arn:${stack.partition}:iam::${stack.accountId}:oidc-provider/*`,
      ],
    },
  ];
}

/** Who plans learns no stream key and no secret, whatever else is attached. */
export const hideSecrets: Statement = {
  sid: "HideSecrets",
  effect: "Deny",
  actions: [
    ...["ivs:GetStreamKey", "ivs:BatchGetStreamKey", "ivs:CreateStreamKey"],
    ...["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "kms:Sign"],
  ],
  resources: ["*"],
};
