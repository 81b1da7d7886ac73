import { list, statementsOf } from "../policies.ts";
import {
  at,
  type Block,
  functionOf,
  missing,
  permission,
  type Resources,
  type Rule,
  roleAllows,
  target,
} from "./blocks.ts";

const blockAt = (resources: Resources, address: string): Block | undefined => {
  const [type = "", id = ""] = address.split(".");
  return resources[type]?.[id];
};

/** A queue's own policy lets EventBridge send, for this rule only. */
const queueAccepts = (resources: Resources, queue: string, rule: string) =>
  statementsOf(String(blockAt(resources, queue)?.policy ?? "{}"))?.some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Allow" &&
      at(Principal, "Service") === "events.amazonaws.com" &&
      list(Action).includes("sqs:SendMessage") &&
      String(at(Condition, "StringEquals", "aws:SourceAccount")).includes("aws_caller_identity") &&
      list(at(Condition, "ArnEquals", "aws:SourceArn") as string[]).some((arn) => target(arn) === rule),
  ) ?? false;

const READS: Readonly<Record<string, readonly string[]>> = {
  aws_sqs_queue: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  aws_dynamodb_table: ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"],
};

/** What calls functions and fills queues once there are accounts. */
export const accountRules: Record<string, Rule> = {
  aws_cognito_user_pool: (pool, resources) => {
    const trigger = at(pool, "lambda_config", "post_confirmation");
    if (!trigger) return [];
    const { missing: needs } = permission(resources, "cognito-idp.amazonaws.com", trigger);
    // A pool's ARN cannot be known before its trigger is: the permission names the pool itself.
    return [{ to: target(trigger), missing: needs.filter((need) => !need.startsWith("its source ARN")) }];
  },
  aws_lambda_event_source_mapping: (mapping, resources) => {
    const fn = functionOf(resources, mapping.function_name);
    const source = target(mapping.event_source_arn);
    const [type = ""] = source.split(".");
    const { role } = blockAt(resources, fn) ?? {};
    const failed = at(mapping, "destination_config", "on_failure", "destination_arn");
    const reads = (READS[type] ?? ["a source that is known here"]).filter(
      (action) => !roleAllows(resources, role, action, source),
    );
    const waits = list(mapping.depends_on as string[] | undefined).some((one) =>
      one.startsWith("aws_iam_role_policy."),
    );
    return [
      { to: `${source} and ${fn}`, missing: [...reads, ...missing({ "made after the role's policy": waits })] },
      ...(failed
        ? [
            {
              to: target(failed),
              missing: missing({ "sqs:SendMessage": roleAllows(resources, role, "sqs:SendMessage", target(failed)) }),
            },
          ]
        : []),
    ];
  },
  aws_cloudwatch_event_target: (delivery, resources) => {
    const to = target(delivery.arn);
    const rule = target(delivery.rule);
    const deadLetters = target(at(delivery, "dead_letter_config", "arn"));
    const isQueue = to.startsWith("aws_sqs_queue.");
    const called = isQueue ? [] : permission(resources, "events.amazonaws.com", delivery.arn).missing;
    return [
      {
        to,
        missing: isQueue
          ? missing({ "a queue policy for the rule": queueAccepts(resources, to, rule) })
          : called.filter((need) => !need.startsWith("its source ARN")),
      },
      {
        to: deadLetters,
        missing: missing({ "a queue policy for the rule": queueAccepts(resources, deadLetters, rule) }),
      },
    ];
  },
  aws_apigatewayv2_integration: (integration, resources) => {
    const uri = integration.integration_uri;
    return [{ to: target(uri), missing: permission(resources, "apigateway.amazonaws.com", uri).missing }];
  },
};
