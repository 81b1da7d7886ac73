import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createTaggedChannels } from "#aws/accounts/channels.ts";
import { tablePace, taggedChannelsInTurn, taggedRoomsInTurn } from "#aws/accounts/in-turn.ts";
import { createTaggedRooms } from "#aws/accounts/rooms.ts";
import { createUserPool } from "#aws/accounts/users.ts";
import { createWorkQueue } from "#aws/accounts/work-queue.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { openTable } from "#aws/table/table.ts";
import { removeSpares } from "#domain/accounts/spares.ts";
import { sweep } from "#domain/accounts/work.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";
import { removeUnconfirmed } from "./unconfirmed.ts";

const { TABLE_NAME, WORK_QUEUE_URL, USER_POOL_ID, ENVIRONMENT_NAME } = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), TABLE_NAME);
const store = createAccountStore(table);
const queue = createWorkQueue(new SQSClient(), WORK_QUEUE_URL);
const pace = tablePace(table);
const users = createUserPool(new CognitoIdentityProviderClient(), USER_POOL_ID);
const channels = createTaggedChannels({ ivs: new IvsClient(), environment: ENVIRONMENT_NAME });
const rooms = createTaggedRooms({ chat: new IvschatClient(), environment: ENVIRONMENT_NAME });

/** Called by schedules, each with its job; without one it sends what is unfinished. */
export const handler = makeHandler({
  sendUnfinished: () => sweep({ store, queue }),
  removeSpareChannels: () => removeSpares("channelArn", taggedChannelsInTurn(channels, pace), store),
  removeSpareRooms: () => removeSpares("roomArn", taggedRoomsInTurn(rooms, pace), store),
  removeUnconfirmed: () => removeUnconfirmed(users, Date.now()),
  log,
});
