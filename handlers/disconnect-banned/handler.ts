import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { createRoomControl } from "#aws/chat/room-control.ts";
import { createBans } from "#aws/table/bans.ts";
import { openTable } from "#aws/table/table.ts";
import { disconnectAgain } from "#domain/chat/moderate.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

const { TABLE_NAME } = readEnvironment(environment);
const ports = {
  bans: createBans(openTable(new DynamoDBClient(), TABLE_NAME)),
  rooms: createRoomControl(new IvschatClient()),
  now: Date.now,
};

/** Called with the messages of the queue of late disconnects, a while after each ban. */
export const handler = makeHandler({ disconnect: (late) => disconnectAgain(ports, late), log });
