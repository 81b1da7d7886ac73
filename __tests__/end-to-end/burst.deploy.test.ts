import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import {
  AdminConfirmSignUpCommand,
  CognitoIdentityProviderClient,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { IvsClient, paginateListChannels } from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { PASSWORD } from "./fixture/people.ts";
import { type Platform, startPlatform } from "./fixture/platform.ts";

const PEOPLE = 50;
/** As many at once as two cores can serve triggers within Cognito's five seconds. */
const AT_ONCE = 4;

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

async function signUpEveryone(): Promise<void> {
  const cognito = new CognitoIdentityProviderClient(clientOptions(platform.deployed.cloud));
  const waiting = Array.from({ length: PEOPLE }, (_, place) => `person-${place}@example.com`);
  const signUpSome = async () => {
    for (let email = waiting.pop(); email !== undefined; email = waiting.pop()) {
      const UserAttributes = [
        { Name: "email", Value: email },
        { Name: "nickname", Value: "Same" },
      ];
      const user = { Username: email, Password: PASSWORD, UserAttributes };
      await cognito.send(new SignUpCommand({ ClientId: platform.userPoolClientId, ...user }));
      await cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: platform.userPoolId, Username: email }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, signUpSome));
}

async function listed(): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const path = `/public/channels?limit=100${cursor === undefined ? "" : `&cursor=${cursor}`}`;
    const { body } = await platform.call({ path });
    names.push(...body.channels.map(({ name }: { name: string }) => name));
    cursor = body.next;
  } while (cursor !== undefined);
  return names.filter((name) => name.startsWith("same-"));
}

async function outcomes(): Promise<string[]> {
  const client = new CloudWatchLogsClient(clientOptions(platform.deployed.cloud));
  const { "work-accounts": name } = platform.outputs.functions as Readonly<Record<string, string>>;
  const found: string[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName: `/aws/lambda/${name}` })) {
    for (const { message = "" } of events) {
      const [, outcome] = /"outcome":"([a-z-]+)"/.exec(message) ?? [];
      if (outcome !== undefined) found.push(outcome);
    }
  }
  return found;
}

it("fifty who sign up at once all get one channel each, and IVS is never asked faster than it takes", async () => {
  await signUpEveryone();
  await vi.waitFor(async () => expect(await listed()).toHaveLength(PEOPLE), { timeout: 120_000, interval: 2_000 });
  const client = new IvsClient(clientOptions(platform.deployed.cloud));
  const owners: unknown[] = [];
  for await (const { channels = [] } of paginateListChannels({ client }, {})) {
    owners.push(...channels.map(({ tags }) => tags?.["onair:user"]).filter((sub) => sub !== undefined));
  }
  expect(owners).toHaveLength(PEOPLE);
  expect(new Set(owners).size).toBe(PEOPLE);
  // The local cloud refuses the sixth call of a second, as the service does; a worker says so by this word.
  const said = await outcomes();
  expect(said.filter((outcome) => outcome === "done").length).toBeGreaterThanOrEqual(PEOPLE);
  expect(said).not.toContain("throttled");
});
