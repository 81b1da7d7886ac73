import { list, policiesOf, statementsOf } from "./policies.ts";

type Block = Record<string, unknown>;
type Resources = Record<string, Record<string, Block>>;

/** One service that calls or writes to another, and what a real account needs for it to work. */
export interface Edge {
  /** For example `aws_ivschat_room.lobby -> aws_lambda_function.review`. */
  readonly edge: string;
  readonly missing: readonly string[];
}

/** How the edges that start at one type of resource are found and judged. */
type Rule = (block: Block, resources: Resources) => { to: string; missing: string[] }[];

/** The resource that a reference such as `${aws_s3_bucket.logs.bucket}` points at. */
const target = (reference: unknown) => /\$\{([a-z0-9_]+\.[\w-]+)\./.exec(String(reference))?.[1] ?? String(reference);

const at = (block: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Block | undefined)?.[key], block);

const missing = (needs: Record<string, boolean>) => Object.entries(needs).flatMap(([need, met]) => (met ? [] : [need]));

/** The function that an ARN calls: an alias's own, where it names an alias. */
const functionOf = (resources: Resources, arn: unknown): string => {
  const [type = "", id = ""] = target(arn).split(".");
  return type === "aws_lambda_alias" ? target(resources[type]?.[id]?.function_name) : target(arn);
};

/** An ARN of one service in the stack's own region and account. */
const IN_THIS_ACCOUNT = /^arn:\$\{[^}]*partition[^}]*\}:[a-z]+:[a-z0-9-]+:\$\{data\.aws_caller_identity\.[^}]*\}:.+$/;

/** A Lambda permission for a service to call a function, bound to the account and to who calls. */
const permission = (resources: Resources, service: string, uri: unknown) => {
  const found = Object.entries(resources.aws_lambda_permission ?? {}).find(
    ([, block]) => block.principal === service && target(block.function_name) === functionOf(resources, uri),
  );
  return {
    address: `aws_lambda_permission.${found?.[0]}`,
    missing: missing({
      [`a permission for ${service}`]: found !== undefined,
      "its source account": String(at(found?.[1], "source_account")).includes("aws_caller_identity"),
      "its source ARN, of this region and account": IN_THIS_ACCOUNT.test(String(at(found?.[1], "source_arn"))),
    }),
  };
};

/** A statement that lets log delivery write, bound to the account and to where it comes from. */
const deliveryMay = (document: unknown, action: string, to: string) => {
  const statement = statementsOf(String(document))?.find(
    ({ Effect, Principal, Action, Resource }) =>
      Effect === "Allow" &&
      at(Principal, "Service") === "delivery.logs.amazonaws.com" &&
      list(Action).includes(action) &&
      list(Resource).some((arn) => target(arn) === to),
  );
  const { Condition } = statement ?? {};
  return missing({
    [`${action} for log delivery`]: statement !== undefined,
    "its source account": String(at(Condition, "StringEquals", "aws:SourceAccount")).includes("aws_caller_identity"),
    "its source ARN, of this region and account": IN_THIS_ACCOUNT.test(
      String(at(Condition, "ArnLike", "aws:SourceArn")),
    ),
  });
};

/** What a function's own role allows. */
const roleAllows = (resources: Resources, role: unknown, action: string, resource: string) =>
  policiesOf({ aws_iam_role_policy: policiesOfRole(resources, role) }).some(({ statements }) =>
    statements.some(
      (one) => list(one.Action).includes(action) && list(one.Resource).some((arn) => target(arn) === resource),
    ),
  );

const policiesOfRole = (resources: Resources, role: unknown) =>
  Object.fromEntries(
    Object.entries(resources.aws_iam_role_policy ?? {}).filter(([, block]) => target(block.role) === target(role)),
  );

const RULES: Record<string, Rule> = {
  aws_ivschat_room: (room, resources) => {
    const uri = at(room, "message_review_handler", "uri");
    if (!uri) return [];
    const found = permission(resources, "ivschat.amazonaws.com", uri);
    const before = list(room.depends_on as string[] | undefined).includes(found.address);
    return [{ to: target(uri), missing: [...found.missing, ...missing({ "made after its permission": before })] }];
  },
  aws_ivschat_logging_configuration: (configuration, resources) => {
    const bucket = at(configuration, "destination_configuration", "s3", "bucket_name");
    const group = at(configuration, "destination_configuration", "cloudwatch_logs", "log_group_name");
    const waits = list(configuration.depends_on as string[] | undefined);
    const judge = (to: unknown, type: string, attribute: string, actions: string[]) => {
      const [id, policy] =
        Object.entries(resources[type] ?? {}).find(([, block]) =>
          String(block[attribute]).includes(`${target(to)}.arn`),
        ) ?? [];
      return {
        to: target(to),
        missing: [
          ...actions.flatMap((action) => deliveryMay(policy?.[attribute] ?? "", action, target(to))),
          ...missing({ "made after its policy": waits.includes(`${type}.${id}`) }),
        ],
      };
    };
    return [
      ...(bucket ? [judge(bucket, "aws_s3_bucket_policy", "policy", ["s3:PutObject", "s3:GetBucketAcl"])] : []),
      ...(group
        ? [
            judge(group, "aws_cloudwatch_log_resource_policy", "policy_document", [
              "logs:CreateLogStream",
              "logs:PutLogEvents",
            ]),
          ]
        : []),
    ];
  },
  aws_lambda_function: (fn, resources) => {
    const role = resources.aws_iam_role?.[target(fn.role).split(".")[1] ?? ""];
    const trusted = statementsOf(String(role?.assume_role_policy))?.some(
      ({ Principal }) => at(Principal, "Service") === "lambda.amazonaws.com",
    );
    const name = `/aws/lambda/${fn.function_name}`;
    const [group] =
      Object.entries(resources.aws_cloudwatch_log_group ?? {}).find(([, block]) => block.name === name) ?? [];
    const queue = at(fn, "dead_letter_config", "target_arn");
    return [
      { to: target(fn.role), missing: missing({ "a role that Lambda may take": trusted ?? false }) },
      {
        to: name,
        missing: missing({
          "a log group": group !== undefined,
          "logs:PutLogEvents on it": roleAllows(
            resources,
            fn.role,
            "logs:PutLogEvents",
            `aws_cloudwatch_log_group.${group}`,
          ),
        }),
      },
      ...(queue
        ? [
            {
              to: target(queue),
              missing: missing({ "sqs:SendMessage": roleAllows(resources, fn.role, "sqs:SendMessage", target(queue)) }),
            },
          ]
        : []),
    ];
  },
};

/** Types from which nothing is called or written to. A type that stands in neither place fails the test. */
const NO_EDGES = new Set([
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_resource_policy",
  "aws_dynamodb_table",
  "aws_iam_role",
  "aws_iam_role_policy",
  // The service records by its own service-linked role, which needs nothing of the bucket's policy in the same account.
  "aws_ivs_channel",
  "aws_ivs_playback_key_pair",
  "aws_ivs_recording_configuration",
  "aws_kms_alias",
  "aws_kms_key",
  "aws_lambda_permission",
  "aws_s3_bucket",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_sqs_queue",
  "terraform_data",
]);

/** Every service-to-service edge of a stack, and the types that nobody has judged yet. */
export function wiring(resources: Resources = {}): { edges: Edge[]; unjudged: string[] } {
  const edges = Object.entries(resources).flatMap(([type, blocks]) =>
    Object.entries(blocks).flatMap(([id, block]) =>
      (RULES[type]?.(block, resources) ?? []).map(({ to, missing }) => ({ edge: `${type}.${id} -> ${to}`, missing })),
    ),
  );
  const unjudged = Object.keys(resources).filter((type) => !RULES[type] && !NO_EDGES.has(type));
  return { edges, unjudged };
}
