import { accountRules } from "./account-rules.ts";
import type { Resources, Rule } from "./blocks.ts";
import { operationsRules } from "./operations-rules.ts";
import { platformRules } from "./platform-rules.ts";

/** One service that calls or writes to another, and what a real account needs for it to work. */
export interface Edge {
  /** For example `aws_ivschat_room.lobby -> aws_lambda_function.review`. */
  readonly edge: string;
  readonly missing: readonly string[];
}

const RULES: Record<string, Rule> = { ...platformRules, ...accountRules, ...operationsRules };

/** Types from which nothing is called or written to. A type that stands in neither place fails the test. */
const NO_EDGES = new Set([
  "aws_apigatewayv2_api",
  "aws_apigatewayv2_authorizer",
  "aws_apigatewayv2_route",
  // Its log is delivered by the policy that the log group's own tests hold.
  "aws_apigatewayv2_stage",
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_event_rule",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_resource_policy",
  "aws_cognito_user_group",
  "aws_cognito_user_pool_client",
  "aws_dynamodb_table",
  "aws_dynamodb_table_item",
  "aws_iam_role",
  "aws_iam_role_policy",
  // The service records by its own service-linked role, which needs nothing of the bucket's policy in the same account.
  "aws_ivs_channel",
  "aws_ivs_playback_key_pair",
  "aws_ivs_recording_configuration",
  "aws_kms_alias",
  "aws_kms_key",
  "aws_kms_key_policy",
  "aws_lambda_alias",
  "aws_lambda_permission",
  "aws_s3_bucket",
  "aws_s3_bucket_cors_configuration",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_sns_topic",
  "aws_sns_topic_policy",
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
