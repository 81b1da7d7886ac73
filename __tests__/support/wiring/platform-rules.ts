import { list, statementsOf } from "../policies.ts";
import { at, IN_THIS_ACCOUNT, missing, permission, type Rule, roleAllows, target } from "./blocks.ts";

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

export const platformRules: Record<string, Rule> = {
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
