import type { Json, ResourceChange } from "../plan.ts";
import { bindsCaller, permitsEverybody } from "./everybody.ts";
import { type Facts, lost, type Objection, type Rule, written } from "./finding.ts";
import { allowedStatements, namesEverybody, texts } from "./policy.ts";
import { listAt, textAt, valueAt } from "./values.ts";

/** Actions of which AWS knows no resource, so that a policy can only say `*` (service authorization reference). */
const withoutResource: ReadonlySet<string> = new Set([
  "cloudformation:CreateResource",
  "cloudformation:DeleteResource",
  "cloudformation:GetResource",
  "cloudformation:GetResourceRequestStatus",
  "cloudformation:UpdateResource",
  "cloudwatch:GetMetricData",
  "cloudwatch:PutMetricData",
  "cognito-idp:CreateUserPool",
  "kms:CreateKey",
  "kms:ListAliases",
  "lambda:CreateEventSourceMapping",
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DeleteResourcePolicy",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
]);

export const iamTypes = [
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_user_policy",
  "aws_iam_group_policy",
];

/** IAM knows two wildcards: any characters, and any one. */
const isWildAction = (action: string): boolean => /[*?]/.test(action);
const isEverything = (resource: string): boolean => /^[*?]+$/.test(resource);

function wildStatement(statement: Json): string | undefined {
  const actions = texts(listAt(statement, "Action"));
  const wild = actions.filter(isWildAction);
  if (wild.length > 0) return `Action ${wild.join(", ")}`;
  for (const all of ["NotAction", "NotResource"]) if (valueAt(statement, all) !== undefined) return all;
  const onAll = texts(listAt(statement, "Resource")).some(isEverything);
  const bindable = actions.filter((action) => !withoutResource.has(action));
  return onAll && bindable.length > 0 ? `Resource * for ${bindable.join(", ")}` : undefined;
}

/** Whose policies say who may come in. */
export const resourcePolicyTypes = [
  "aws_s3_bucket_policy",
  "aws_s3_bucket",
  "aws_sqs_queue_policy",
  "aws_sqs_queue",
  "aws_kms_key",
  "aws_kms_key_policy",
  "aws_sns_topic",
  "aws_sns_topic_policy",
  "aws_secretsmanager_secret",
  "aws_secretsmanager_secret_policy",
  "aws_iam_role",
];

const perStatement = (change: ResourceChange, judge: (statement: Json) => string | undefined): Objection[] => {
  const details = allowedStatements(change).flatMap((statement) => {
    const said = judge(statement);
    const sid = textAt(statement, "Sid");
    return said === undefined ? [] : [sid === undefined ? said : `${sid}: ${said}`];
  });
  return details.length === 0 ? [] : [{ address: change.address, details }];
};

const openToAll = (statement: Json): string | undefined =>
  namesEverybody(statement) && !bindsCaller(statement) ? "Principal *" : undefined;

const blocks = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] as const;

function openBlock({ address, after, afterUnknown }: ResourceChange): Objection[] {
  const off = blocks.filter((name) => valueAt(after, name) !== true && valueAt(afterUnknown, name) !== true);
  return off.length === 0 ? [] : [{ address, details: off.map((name) => `${name} is not true`) }];
}

const everyAddress: ReadonlySet<string> = new Set(["0.0.0.0/0", "::/0"]);
const addressNames = ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"] as const;

function openIngress({ address, type, after }: ResourceChange): Objection[] {
  if (type === "aws_security_group_rule" && valueAt(after, "type") !== "ingress") return [];
  const rules = type === "aws_security_group" ? listAt(after, "ingress") : [after];
  const details = rules.flatMap((rule) => {
    const open = addressNames.flatMap((name) => texts(listAt(rule, name))).filter((range) => everyAddress.has(range));
    const ports = `${Number(valueAt(rule, "from_port") ?? 0)} to ${Number(valueAt(rule, "to_port") ?? 0)}`;
    return open.map((range) => `ports ${ports} from ${range}`);
  });
  return details.length === 0 ? [] : [{ address, details }];
}

function unlistedRoute({ address, after, afterUnknown }: ResourceChange, { routes }: Facts): Objection[] {
  const key = textAt(after, "route_key") ?? "";
  const kind = textAt(after, "authorization_type") ?? "NONE";
  const isListed = routes.some(({ method, path, access }) => access === "open" && `${method} ${path}` === key);
  if (kind !== "NONE" || isListed || valueAt(afterUnknown, "authorization_type") === true) return [];
  return [{ address, details: [key] }];
}

/** What would let in, or let do, more than anybody has said. */
export const exposureRules: readonly Rule[] = [
  {
    id: "iam-wildcard",
    reason: "The policy allows more than it names.",
    remedy: "Name the actions and the resources, or have the statement allowed with its reason.",
    find: (plan) => written(plan, ...iamTypes).flatMap((change) => perStatement(change, wildStatement)),
  },
  {
    id: "public-policy",
    reason: "Everybody on the internet is allowed in by the resource's policy.",
    remedy: "Name the principals, or state a condition that binds them.",
    find: (plan) => [
      ...written(plan, ...resourcePolicyTypes).flatMap((change) => perStatement(change, openToAll)),
      ...written(plan, "aws_lambda_permission")
        .filter(permitsEverybody)
        .map(({ address }) => ({ address, details: ["principal *"] })),
    ],
  },
  {
    id: "public-acl",
    reason: "The ACL lets everybody read or write.",
    remedy: "Leave the ACL out; give access by a policy that names who has it.",
    find: (plan) =>
      written(plan, "aws_s3_bucket_acl", "aws_s3_bucket").flatMap(({ address, after }) => {
        const acl = textAt(after, "acl") ?? "";
        return /^(public-|authenticated-read)/.test(acl) ? [{ address, details: [acl] }] : [];
      }),
  },
  {
    id: "public-access-block-off",
    reason: "Nothing would stop the bucket from being made public.",
    remedy: "Leave all four switches of the public access block on.",
    find: (plan) => [
      ...written(plan, "aws_s3_bucket_public_access_block").flatMap(openBlock),
      ...lost(plan, "aws_s3_bucket_public_access_block")
        .filter(({ action, before }) => action === "delete" && bucketStays(plan, textAt(before, "bucket")))
        .map(({ address, before }) => ({ address, details: [textAt(before, "bucket") ?? ""] })),
    ],
  },
  {
    id: "open-security-group",
    reason: "The whole internet may connect.",
    remedy: "Name the addresses or the security group that may.",
    find: (plan) =>
      written(plan, "aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule").flatMap(
        openIngress,
      ),
  },
  {
    id: "open-route",
    reason: "The route may be called by everyone, and is not one of those that the list of routes calls open.",
    remedy: "Give it the authorizer, or call it open in the list of routes.",
    find: (plan, facts) => written(plan, "aws_apigatewayv2_route").flatMap((change) => unlistedRoute(change, facts)),
  },
];

type Changes = { readonly changes: readonly ResourceChange[] };

/** A switch or encryption that goes with its bucket is no loss. */
export function bucketStays({ changes }: Changes, bucket: string | undefined): boolean {
  return !changes.some(
    ({ type, action, before }) =>
      type === "aws_s3_bucket" && action === "delete" && bucket !== undefined && textAt(before, "bucket") === bucket,
  );
}
