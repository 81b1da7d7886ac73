import { randomUUID } from "node:crypto";
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
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
import { createIsUserGone } from "#aws/accounts/is-user-gone.ts";
import { createTaggedRooms } from "#aws/accounts/rooms.ts";
import { systemClock } from "#aws/accounts/system-clock.ts";
import { createUserPool } from "#aws/accounts/users.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { readListedProfiles } from "#aws/table/profile-lists.ts";
import { createSearchPlace } from "#aws/table/search-place.ts";
import { openTable } from "#aws/table/table.ts";
import { removeSpares } from "#domain/accounts/spares.ts";
import { removeUserless } from "#domain/accounts/userless.ts";
import { sweep } from "#domain/accounts/work.ts";
import type { PageRequest } from "#domain/profiles/profile.ts";
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

test("an account is deleted whose user somebody removed from the pool, and others are left alone", async () => {
  const root = new CognitoIdentityProviderClient(asRoot());
  const UserPoolId = platform.userPoolId;
  const withUser = async (name: string) => {
    const Username = `${name}@example.com`;
    const { User } = await root.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: "SUPPRESS" }));
    const sub = String(User?.Attributes?.find(({ Name }) => Name === "sub")?.Value);
    await crew.signUp(sub);
    await crew.finish(sub, platform.ports());
    return sub;
  };
  const [kept, removed] = [await withUser("kept"), await withUser("removed")];
  await createUserPool(root, UserPoolId).remove(removed);

  const table = openTable(new DynamoDBClient(asSweeper()), platform.table.tableName);
  const sent: string[] = [];
  const ports = {
    store: storeOfSweeper(),
    queue: { send: async (sub: string) => void sent.push(sub) },
    clock: { ...systemClock, sleep: async () => {} },
    accounts: (page: PageRequest) => readListedProfiles(table, { ...page, limit: 2 }),
    place: createSearchPlace(table),
    isGone: createIsUserGone(new CognitoIdentityProviderClient(asSweeper()), UserPoolId),
  };
  await removeUserless(ports, { isSure: true });
  expect(sent).toContain(removed);
  expect(sent).not.toContain(kept);
  expect([await crew.store.read(removed), await crew.store.read(kept)]).toMatchObject([
    { stage: "deleting" },
    { stage: "complete" },
  ]);
  await crew.finish(removed, platform.ports());
  expect(await crew.belongings(removed)).toEqual({ channels: [], rooms: [] });
});
