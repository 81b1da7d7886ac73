import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import * as v from "valibot";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { functionOf, type Platform } from "../onair/platform.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Deployed } from "./wanted.ts";

const arns = v.record(v.string(), v.string());

const outputs = v.object({
  channels: v.record(v.string(), v.object({ arn: v.string(), room_arn: v.string() })),
  recording_configurations: arns,
  playback_keys: arns,
  chat_logging_configurations: arns,
  playback_restriction_policy_arn: v.optional(v.string()),
});

/**
 * What the platform's stack made, by the names of the settings.
 *
 * @throws CliError NOT_DEPLOYED, AWS_REFUSED, AWS_UNREACHABLE
 */
export async function readDeployed(platform: Platform, again: string): Promise<Deployed> {
  const parsed = v.safeParse(outputs, platform.outputs);
  if (!parsed.success) {
    const missing = parsed.issues.map((issue) => v.getDotPath(issue)).join(", ");
    const what = "The platform that is deployed does not say which channels and rings it has.";
    throw new CliError("NOT_DEPLOYED", what, `Missing among its outputs: ${missing}.`, `Deploy it, then: ${again}`);
  }
  const { channels, recording_configurations, playback_keys, chat_logging_configurations } = parsed.output;
  return {
    channels,
    recordingConfigurations: recording_configurations,
    playbackKeys: playback_keys,
    loggingConfigurations: chat_logging_configurations,
    playbackRestrictionPolicyArn: parsed.output.playback_restriction_policy_arn,
    reviewFunctionArn: await arnOf(functionOf(platform, "review-message", again), platform.target.region, again),
  };
}

async function arnOf(FunctionName: string, region: string, again: string): Promise<string> {
  const lambda = new LambdaClient({ region });
  try {
    const { FunctionArn = "" } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return FunctionArn;
  } catch (thrown) {
    throw awsFailure(thrown, again);
  } finally {
    lambda.destroy();
  }
}
