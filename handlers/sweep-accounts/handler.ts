import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createTaggedChannels } from "#aws/accounts/channels.ts";
import { tablePace, taggedChannelsInTurn, taggedRoomsInTurn } from "#aws/accounts/in-turn.ts";
import { createIsUserGone } from "#aws/accounts/is-user-gone.ts";
import { createTaggedRooms } from "#aws/accounts/rooms.ts";
import { systemClock } from "#aws/accounts/system-clock.ts";
import { createUserPool } from "#aws/accounts/users.ts";
import { createWorkQueue } from "#aws/accounts/work-queue.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { readListedProfiles } from "#aws/table/profile-lists.ts";
import { createSearchPlace } from "#aws/table/search-place.ts";
import { openTable } from "#aws/table/table.ts";
import { removeSpares } from "#domain/accounts/spares.ts";
import { removeUserless, type UserlessPorts } from "#domain/accounts/userless.ts";
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
const cognito = new CognitoIdentityProviderClient();
const users = createUserPool(cognito, USER_POOL_ID);
const channels = createTaggedChannels({ ivs: new IvsClient(), environment: ENVIRONMENT_NAME });
const rooms = createTaggedRooms({ chat: new IvschatClient(), environment: ENVIRONMENT_NAME });
const userless: UserlessPorts = {
  ...{ store, queue, clock: systemClock },
  accounts: (page) => readListedProfiles(table, page),
  place: createSearchPlace(table),
  isGone: createIsUserGone(cognito, USER_POOL_ID),
};

/** Called by schedules, each with its job; without one it sends what is unfinished. */
export const handler = makeHandler({
  sendUnfinished: () => sweep({ store, queue }),
  removeSpareChannels: () => removeSpares("channelArn", taggedChannelsInTurn(channels, pace), store),
  removeSpareRooms: () => removeSpares("roomArn", taggedRoomsInTurn(rooms, pace), store),
  removeUnconfirmed: () => removeUnconfirmed(users, Date.now()),
  removeUserless: (options) => removeUserless(userless, options),
  log,
});
