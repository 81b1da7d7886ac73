import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { IvsClient } from "@aws-sdk/client-ivs";
import type { IvschatClient } from "@aws-sdk/client-ivschat";
import type { S3Client } from "@aws-sdk/client-s3";
import type * as v from "valibot";
import { createOwnedChannels } from "#aws/accounts/channels.ts";
import { channelsInTurn, keysInTurn, roomsInTurn, streamsInTurn } from "#aws/accounts/in-turn.ts";
import { createObjects } from "#aws/accounts/objects.ts";
import { createOwnedRooms } from "#aws/accounts/rooms.ts";
import { createStreamKeys } from "#aws/accounts/stream-keys.ts";
import { createStreamStopper } from "#aws/accounts/stream-stopper.ts";
import { systemClock } from "#aws/accounts/system-clock.ts";
import { createUserPool } from "#aws/accounts/users.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { createRecords } from "#aws/table/remove-records.ts";
import type { Table } from "#aws/table/table.ts";
import type { Pace } from "#domain/accounts/ports.ts";
import type { WorkPorts } from "#domain/accounts/work.ts";
import type { AccountDesign } from "./design.ts";
import type { environment } from "./env.ts";

export interface Services {
  readonly table: Table;
  readonly ivs: IvsClient;
  /** Asks once (`maxAttempts: 1`), for what would be made twice. */
  readonly ivsOnce: IvsClient;
  readonly chat: IvschatClient;
  /** As `ivsOnce`. */
  readonly chatOnce: IvschatClient;
  readonly s3: S3Client;
  readonly pace: Pace;
  readonly cognito: CognitoIdentityProviderClient;
}

type Variables = Omit<v.InferOutput<typeof environment>, "TABLE_NAME" | "WORK_QUEUE_URL">;

/** All that a worker reaches but its queue, each call that counts against a rate in its turn. */
export function createPorts(
  variables: Variables,
  design: AccountDesign,
  { table, pace, s3, cognito, ...clients }: Services,
): Omit<WorkPorts, "queue" | "holder"> {
  const { ENVIRONMENT_NAME, NAME_PREFIX, LOGGING_CONFIGURATION_ARNS, REVIEW_FUNCTION_ARN } = variables;
  const services = { ...clients, ownership: { namePrefix: NAME_PREFIX, environment: ENVIRONMENT_NAME } };
  const channels = createOwnedChannels(services, {
    ...design.channel,
    recordingConfigurationArn: variables.RECORDING_CONFIGURATION_ARN,
    playbackRestrictionPolicyArn: variables.PLAYBACK_RESTRICTION_POLICY_ARN,
  });
  const rooms = createOwnedRooms(services, {
    ...design.room,
    reviewFunctionArn: REVIEW_FUNCTION_ARN,
    loggingConfigurationArns: LOGGING_CONFIGURATION_ARNS,
  });
  return {
    store: createAccountStore(table),
    profiles: createProfiles(table),
    clock: systemClock,
    channels: channelsInTurn(channels, pace),
    rooms: roomsInTurn(rooms, pace),
    keys: keysInTurn(createStreamKeys({ ...clients, environment: ENVIRONMENT_NAME }), pace),
    streams: streamsInTurn(createStreamStopper(clients.ivs), pace),
    objects: createObjects(s3, variables.PICTURES_BUCKET),
    records: createRecords(table),
    users: createUserPool(cognito, variables.USER_POOL_ID),
  };
}
