import { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import type { Signing } from "#constructs/ivs/playback-key-pair.ts";
import { PlaybackKeyRing } from "#constructs/ivs/playback-key-ring.ts";
import { PlaybackRestrictionPolicy } from "#constructs/ivs/playback-restriction-policy.ts";
import { RecordingConfigurationRing } from "#constructs/ivs/recording-configuration-ring.ts";
import { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import { keySecretName } from "#domain/playback/key-secret.ts";
import { Accounts } from "./accounts/accounts.ts";
import { HouseRows } from "./accounts/house-row.ts";
import { allowSlowMode } from "./accounts/moderation.ts";
import { PlatformTable } from "./accounts/platform-table.ts";
import { ChatLogs } from "./chat-logs.ts";
import { type Environment, stackProps } from "./environment.ts";
import { HouseChannel } from "./house-channel.ts";
import { Operations } from "./operations/operations.ts";
import { output } from "./outputs.ts";

/** The streaming platform: what is shared by all channels, and the channels of the house. */
export class PlatformStack extends AwsStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, stackProps(environment, id));
    const { settings } = environment;

    const recordings = new PrivateBucket(this, "recordings", { expireAfterDays: settings.recordingRetentionDays });
    const recordingConfigurations = new RecordingConfigurationRing(this, "recording", {
      bucket: recordings,
      entries: settings.recordingConfigurations,
    });
    const playbackKeys = new PlaybackKeyRing(
      this,
      "playback-keys",
      settings.playbackKeys.map((key) => ({ ...key, secretName: keySecretName(environment.name, key.name) })),
    );

    const restriction = this.#restriction(environment);

    const table = new PlatformTable(this, "table");

    const review = new NodeFunction(this, "review-message", {
      handler: "review-message",
      constants: { MODERATION_RULES: settings.moderation },
      timeoutSeconds: 3,
      // Rooms wait 200 ms for an answer, and a function's CPU grows with its memory.
      memoryMegabytes: 1024,
    });
    allowSlowMode(review, table);
    const reviewHandler = new ReviewHandler(this, "message-review", review);
    const chatLogs = new ChatLogs(this, "chat-logs", settings);

    // Scopes of their own: a channel may have any name.
    const house = new Construct(this, "channels");
    const rows = new Construct(this, "channel-rows");
    const channels = settings.channels.map((channel) => {
      const made = new HouseChannel(house, channel.name, {
        channel,
        recording: channel.recorded ? recordingConfigurations.current : undefined,
        restriction,
        reviewHandler,
        logging: chatLogs.current,
      });
      new HouseRows(rows, channel.name, { table, settings: channel, house: made });
      return made;
    });
    const accounts = new Accounts(this, "accounts", {
      environmentName: environment.name,
      settings: settings.accounts,
      playback: settings.playback,
      playbackKeys,
      table,
      recording: recordingConfigurations.current,
      restriction,
      reviewHandler,
      logging: chatLogs.current,
    });

    const operations = new Operations(this, "operations", {
      ...{ settings: settings.operations, table, api: accounts.api.api },
    });

    output(this, "recording_bucket_name", recordings.bucketName, "The bucket that holds recordings");
    output(
      this,
      "recording_configurations",
      recordingConfigurations.arns,
      "ARN by name, the one for new channels first",
    );
    output(this, "playback_keys", playbackKeys.arns, "ARN by name; the first of the settings signs");
    output(
      this,
      "playback_key_ring",
      playbackKeys.pairs.map(({ node, signing }) => ({ name: node.id, ...signingOutput(signing) })),
      "The keys that IVS trusts, in order, and where each is kept; the first signs",
    );
    if (restriction) {
      const said = "From where channels may be watched";
      output(this, "playback_restriction_policy_arn", restriction.playbackRestrictionPolicyArn, said);
    }
    output(this, "chat_logging_configurations", chatLogs.arns, "ARN by name");
    output(this, "review_function_name", review.functionName, "The function that reviews chat messages");
    output(
      this,
      "channels",
      Object.fromEntries(channels.map((channel) => [channel.node.id, channel.outputs])),
      "The house's channels by name: where to send to, where to watch, where to chat",
    );
    output(this, "table_name", table.tableName, "The table of accounts, profiles and live states");
    output(this, "user_pool_id", accounts.identity.userPool.userPoolId, "Who may sign in");
    output(this, "user_pool_client_id", accounts.identity.client.clientId, "How the page signs users in");
    output(this, "api_url", accounts.api.api.apiUrl, "The API; its routes are below /public and /stream");
    output(
      this,
      "queues",
      Object.fromEntries(
        Object.entries(accounts.queues).map(([name, { queueUrl, deadLetters }]) => [
          name,
          { url: queueUrl, dead_letters_url: deadLetters.queueUrl },
        ]),
      ),
      "The queues by what waits in them, and where goes what failed for good",
    );
    output(this, "alarm_topic_arn", operations.topic.topicArn, "Where alarms go");
    output(this, "dashboard_name", operations.dashboard.dashboardName, "What goes on, in CloudWatch");
    output(this, "functions", functionNames(this), "The functions by their folder of handlers/");
  }

  /** Where settings restrict from where channels are watched. */
  #restriction({ settings }: Environment): PlaybackRestrictionPolicy | undefined {
    const { restriction } = settings.playback;
    if (restriction === undefined) return undefined;
    const { strictOrigin: enableStrictOriginEnforcement, ...allowed } = restriction;
    return new PlaybackRestrictionPolicy(this, "playback-restriction", { ...allowed, enableStrictOriginEnforcement });
  }
}

/** How a key signs, in the words of an output. */
function signingOutput(signing: Signing): Record<string, string> {
  if (signing.kind === "kms") return { kind: "kms", key_arn: signing.keyArn };
  return { kind: "secret", secret_name: signing.secretName, fingerprint: signing.fingerprint };
}

/** The deployed name of each function. */
function functionNames(stack: Construct): Record<string, string> {
  const functions = stack.node.findAll().filter((node) => node instanceof NodeFunction);
  return Object.fromEntries(functions.map(({ handler, functionName }) => [handler, functionName]));
}
