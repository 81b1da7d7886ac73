import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CreateRoomCommand, IvschatClient } from "@aws-sdk/client-ivschat";
import { newTable } from "#__tests__/aws/table/fixture/new-table.ts";
import { putRows } from "#__tests__/aws/table/fixture/put-rows.ts";
import { client, type OwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { keys } from "#aws/table/keys.ts";
import type { Table } from "#aws/table/table.ts";
import { bundleHandler, writeBundle } from "#constructs/lambda/bundle.ts";
import { makeApi, makeFunction, type SignedIn, signIn } from "./api-cloud.ts";
import { handlerConstants } from "./handler-needs.ts";
import type { HandlerProgram } from "./handler-program.ts";
import { type Program, startProgram } from "./program.ts";

const PEERS = join(import.meta.dirname, "../peers/bundle");

/** The API's functions, and what each is called for: the routes that are measured, and one that a bare function answers. */
const functions = {
  "api-public": {
    access: "open",
    hello: "GET /public/hello",
    routes: ["GET /public/live", "GET /public/channels/{name}", "POST /public/channels/{name}/chat-token"],
  },
  "api-stream": { access: "signed-in", hello: "GET /stream/hello", routes: ["GET /stream/me"] },
} as const;
export type ApiFunction = keyof typeof functions;

/** The API's functions in a cloud, each behind the gateway and in a process of its own. */
export interface ApiPlatform {
  readonly signedIn: SignedIn;
  /** Where the routes are. */
  readonly url: string;
  readonly programs: Readonly<Record<ApiFunction, Program<HandlerProgram>>>;
}

/** Channels on air, of which the first is the signed-in user's; all have the one room. */
async function fill(own: OwnCloud, table: Table, { sub }: SignedIn, size: number): Promise<void> {
  const { arn: roomArn } = await new IvschatClient(client(own.cloud, own.root)).send(new CreateRoomCommand({}));
  const addresses = { ingestEndpoint: "ingest.example", playbackUrl: "https://playback.example/live.m3u8" };
  const rows = Array.from({ length: size }, (_, place) => {
    const [owner, name] = [place === 0 ? sub : `viewer-${place}`, `channel-${place}`];
    const account = { sub: owner, stage: "complete", version: 1, addresses, roomArn, channelArn: `arn:${name}` };
    const profile = { name, nickname: name, title: "A stream", description: "", access: "public", listed: "listed" };
    const state = { live: "live", stateAt: place + 1, watched: place, viewers: place, streamId: "st-1" };
    return [
      { ...keys.account(owner), ...account, ...profile, ...state },
      { ...keys.name(name), sub: owner },
    ];
  });
  await putRows(table, rows.flat());
}

async function startHandler(own: OwnCloud, handler: ApiFunction, variables: Readonly<Record<string, string>>) {
  const module = join(writeBundle(handler, bundleHandler({ handler, constants: handlerConstants() })), "handler.mjs");
  const program = await startProgram<HandlerProgram>(new URL("handler-program.ts", import.meta.url));
  const environment = Object.entries({ ...own.cloud.environment, ...variables });
  const set = environment.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  await program.ask("load", pathToFileURL(module).href, Object.fromEntries(set));
  return program;
}

/** @param size how many channels are on air */
export async function startApiPlatform(own: OwnCloud, size: number): Promise<ApiPlatform> {
  const signedIn = await signIn(own);
  const table = await newTable(own.cloud);
  await fill(own, table, signedIn, size);
  const queueUrl = `${own.cloud.endpoint}/${own.cloud.accountId}/none`;
  const shared = { TABLE_NAME: table.tableName, PICTURES_BUCKET: "none" };
  const queues = { WORK_QUEUE_URL: queueUrl, DISCONNECT_QUEUE_URL: queueUrl };
  const variables = {
    "api-public": shared,
    "api-stream": { ...shared, ...queues, USER_POOL_ID: signedIn.userPoolId, ENVIRONMENT_NAME: "bench" },
  };
  const hello = await makeFunction(own, { handler: "hello", handlersFolder: PEERS, variables: {} });
  const made = [];
  for (const handler of ["api-public", "api-stream"] as const) {
    const { access, routes, hello: helloRoute } = functions[handler];
    const functionArn = await makeFunction(own, {
      handler,
      constants: handlerConstants(),
      variables: variables[handler],
    });
    made.push({ key: helloRoute, functionArn: hello, access });
    made.push(...routes.map((key) => ({ key, functionArn, access })));
  }
  return {
    signedIn,
    url: await makeApi(own, made, signedIn),
    programs: {
      "api-public": await startHandler(own, "api-public", variables["api-public"]),
      "api-stream": await startHandler(own, "api-stream", variables["api-stream"]),
    },
  };
}
