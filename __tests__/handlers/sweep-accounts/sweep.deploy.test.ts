import { randomUUID } from "node:crypto";
import {
  AdminConfirmSignUpCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateChannelCommand, IvsClient } from "@aws-sdk/client-ivs";
import { CreateRoomCommand, IvschatClient } from "@aws-sdk/client-ivschat";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Crew } from "#__tests__/handlers/work-accounts/fixture/crew.ts";
import { Platform } from "#__tests__/handlers/work-accounts/fixture/platform.ts";
import { client } from "#__tests__/local/fixture/own-cloud.ts";
import { createTaggedChannels } from "#aws/accounts/channels.ts";
import { createTaggedRooms } from "#aws/accounts/rooms.ts";
import { createUserPool } from "#aws/accounts/users.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { openTable } from "#aws/table/table.ts";
import { removeSpares } from "#domain/accounts/spares.ts";
import { sweep } from "#domain/accounts/work.ts";
import { removeUnconfirmed } from "#handlers/sweep-accounts/unconfirmed.ts";

const week = 7 * 24 * 60 * 60 * 1000;

let platform: Platform;
let crew: Crew;
beforeAll(async () => {
  platform = await Platform.start({ rates: "none" });
  crew = new Crew(platform);
});
afterAll(() => platform[Symbol.asyncDispose]());

const asRoot = () => client(platform.own.cloud, platform.own.root);
const asSweeper = () => client(platform.own.cloud, platform.sweeper);
const storeOfSweeper = () => createAccountStore(openTable(new DynamoDBClient(asSweeper()), platform.table.tableName));

async function complete() {
  const sub = randomUUID();
  await crew.signUp(sub);
  await crew.finish(sub, platform.ports());
  return sub;
}

test("accounts with work left are sent, and finished ones are not", async () => {
  await complete();
  const sub = randomUUID();
  await crew.signUp(sub);
  const sent: string[] = [];
  const queue = { send: async (who: string) => void sent.push(who) };
  expect(await sweep({ store: storeOfSweeper(), queue })).toBe(1);
  expect(sent).toEqual([sub]);
});

test("a channel and a room that no account names go, and those of the house, of others and in the making stay", async () => {
  const sub = await complete();
  const account = await crew.store.read(sub);
  const make = async (tags: Record<string, string>) => {
    const { channel } = await new IvsClient(asRoot()).send(new CreateChannelCommand({ tags }));
    const { arn } = await new IvschatClient(asRoot()).send(new CreateRoomCommand({ tags }));
    return [channel?.arn, arn];
  };
  const unfinished = randomUUID();
  await crew.signUp(unfinished);
  await make({ "onair:environment": "test", "onair:user": sub });
  const inTheMaking = await make({ "onair:environment": "test", "onair:user": unfinished });
  const ofOthers = await make({ "onair:environment": "prod", "onair:user": sub });
  await make({ "onair:environment": "test" });

  const store = storeOfSweeper();
  const channels = createTaggedChannels({ ivs: new IvsClient(asSweeper()), environment: "test" });
  const rooms = createTaggedRooms({ chat: new IvschatClient(asSweeper()), environment: "test" });
  expect(await removeSpares("channelArn", channels, store)).toBe(1);
  expect(await removeSpares("roomArn", rooms, store)).toBe(1);
  const left = await crew.belongings(sub);
  expect(left.channels.sort()).toEqual([account?.channelArn, ofOthers[0]].sort());
  expect(left.rooms.sort()).toEqual([account?.roomArn, ofOthers[1]].sort());
  expect(await crew.belongings(unfinished)).toEqual({ channels: [inTheMaking[0]], rooms: [inTheMaking[1]] });
});

test("who did not confirm in a week is removed, and who did stays", async () => {
  const root = new CognitoIdentityProviderClient(asRoot());
  const UserPoolId = platform.userPoolId;
  const WriteAttributes = ["email", "nickname"];
  const { UserPoolClient } = await root.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: "page", WriteAttributes }),
  );
  const signUp = async (name: string) => {
    const { UserSub } = await root.send(
      new SignUpCommand({
        ClientId: UserPoolClient?.ClientId,
        Username: `${name}@example.com`,
        Password: "Secret-123",
        UserAttributes: [{ Name: "nickname", Value: name }],
      }),
    );
    return String(UserSub);
  };
  const forgetful = await signUp("forgetful");
  const confirmed = await signUp("confirmed");
  await root.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: confirmed }));

  const users = createUserPool(new CognitoIdentityProviderClient(asSweeper()), UserPoolId);
  expect(await removeUnconfirmed(users, Date.now() + week - 60_000)).toBe(0);
  expect(await removeUnconfirmed(users, Date.now() + week + 60_000)).toBe(1);
  const pool = createUserPool(root, UserPoolId);
  expect([await pool.nickname(forgetful), await pool.nickname(confirmed)]).toEqual([undefined, "confirmed"]);
  expect(await removeUnconfirmed(users, Date.now() + 2 * week)).toBe(0);
  await pool.remove(forgetful);
});
