import { AwsStack } from "#constructs/core/aws-stack.ts";
import type { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { Environment as PublicEnvironment } from "#handlers/api-public/env.ts";
import type { Environment as StreamEnvironment } from "#handlers/api-stream/env.ts";
import type { PlatformApiProps } from "./api.ts";
import { allowInRooms } from "./moderation.ts";
import { UserResources } from "./user-resources.ts";

/** What the function that answers everyone may do: read rows and pictures, and let guests into rooms. */
export function grantPublic(fn: NodeFunction<PublicEnvironment>, props: PlatformApiProps): void {
  const { table, pictures, environmentName } = props;
  const access = { actions: ["GetItem"], indexes: ["live-newest", "live-watched", "listed"] } as const;
  fn.bind(table, { variable: "TABLE_NAME", access });
  pictures.grantShow(fn);
  allowInRooms(fn, environmentName, ["CreateChatToken"]);
}

/** What the function for signed-in users may do, on rows, their channels' keys, rooms and pictures. */
export function grantStream(fn: NodeFunction<StreamEnvironment>, props: PlatformApiProps): void {
  const { table, workQueue, disconnects, userPool, pictures, environmentName } = props;
  const actions = ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"] as const;
  fn.bind(table, { variable: "TABLE_NAME", access: { actions } });
  fn.bind(workQueue, { variable: "WORK_QUEUE_URL", access: "send" });
  fn.bind(disconnects, { variable: "DISCONNECT_QUEUE_URL", access: "send" });
  userPool.grantGetUser(fn);
  fn.grant({
    sid: "ListGroupsOfUser",
    actions: ["cognito-idp:AdminListGroupsForUser"],
    resources: [userPool.userPoolArn],
  });
  pictures.grantTake(fn);
  fn.grant({ sid: "ReadMetrics", actions: ["cloudwatch:GetMetricData"], resources: ["*"] });
  const users = new UserResources(fn, environmentName);
  const ofUsers = [...users.replaceKeys(), ...users.lookAtChannels(), ...users.changeChannels()];
  for (const statement of ofUsers) fn.grant(statement);
  allowRevocation(fn, environmentName);
  // The key that a channel is made with has no tags, so no condition tells whose it is; the list of a channel's keys does.
  fn.grant({
    sid: "ShowKeys",
    actions: ["ivs:GetStreamKey"],
    resources: [AwsStack.of(fn).arn("ivs", "stream-key/*")],
  });
  allowInRooms(fn, environmentName, ["CreateChatToken", "DeleteMessage", "DisconnectUser", "SendEvent"]);
}

/** Lets a function end what viewers watch of the channels of this environment: those of the house and of users. */
function allowRevocation(fn: NodeFunction<StreamEnvironment>, environmentName: string): void {
  fn.grant({
    sid: "EndWatching",
    actions: ["ivs:StartViewerSessionRevocation", "ivs:BatchStartViewerSessionRevocation"],
    resources: [AwsStack.of(fn).arn("ivs", "channel/*")],
    conditions: { StringEquals: { "aws:ResourceTag/onair:environment": environmentName } },
  });
}
