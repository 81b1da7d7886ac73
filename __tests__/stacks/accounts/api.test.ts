import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route/index.js";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { PlaybackKeyRing } from "#constructs/ivs/playback-key-ring.ts";
import { Queue } from "#constructs/queue/queue.ts";
import { type ApiRoute, defaultThrottle, type RouteId, routes } from "#domain/api/routes.ts";
import { accountsSettings } from "#settings/accounts.ts";
import { playbackSettings } from "#settings/playback.ts";
import { PlatformApi } from "#stacks/accounts/api.ts";
import { Identity } from "#stacks/accounts/identity.ts";
import { Pictures } from "#stacks/accounts/pictures.ts";
import { PlatformTable } from "#stacks/accounts/platform-table.ts";
import { PlaybackTokens } from "#stacks/accounts/playback-tokens.ts";
import { statementsFor } from "./fixture/provisioned.ts";

/** Every route that may be called without a token. A new one must be written down here. */
const OPEN = [
  "GET /public/avatars/{id}",
  "GET /public/channels",
  "GET /public/channels/{name}",
  "GET /public/channels/{name}/next.ics",
  "GET /public/live",
  "GET /public/openapi.json",
  "POST /public/channels/{name}/chat-token",
];

function apiStack(settings: v.InferInput<typeof accountsSettings> = {}) {
  const stack = testStack();
  const accounts = v.parse(accountsSettings, settings);
  const table = new PlatformTable(stack, "table");
  const workQueue = new Queue(stack, "work");
  const { userPool, client } = new Identity(stack, "identity", { accounts, table, workQueue });
  const keys = new PlaybackKeyRing(stack, "keys", [{ name: "first" }]);
  const playback = v.parse(playbackSettings, {});
  new PlatformApi(stack, "api", {
    playbackTokens: new PlaybackTokens(stack, "playback", { table, keys, playback, accounts }),
    privateChannels: true,
    ...{ environmentName: "test", accounts, table, workQueue, userPool, client },
    disconnects: new Queue(stack, "disconnects"),
    pictures: new Pictures(stack, "pictures", { allowedOrigins: [] }),
  });
  return stack;
}

const stack = apiStack();
const made = template(stack);
const deployedRoutes = made.resources(Apigatewayv2Route);
const table = Object.entries(routes) as [RouteId, ApiRoute][];

describe("the API", () => {
  it("has the routes of the table, and no others", () => {
    const keys = deployedRoutes.map(({ route_key }) => route_key);
    expect(keys.sort()).toEqual(table.map(([, { method, path }]) => `${method} ${path}`).sort());
  });

  it("asks each call for a token, unless its route stands on the list of open ones", () => {
    const open = deployedRoutes.filter(({ authorization_type }) => authorization_type !== "JWT");
    expect(open.map(({ route_key }) => route_key).sort()).toEqual(OPEN);
    const closed = deployedRoutes.filter(({ route_key }) => !OPEN.includes(String(route_key)));
    for (const { authorizer_id } of closed) expect(authorizer_id).toBeTruthy();
  });

  it("holds each route to its rate, and the rest to the usual one", () => {
    const { route_settings, default_route_settings } = made.resource(Apigatewayv2Stage) as Record<string, unknown>;
    const slow = table.flatMap(([, { method, path, throttle }]) =>
      throttle === undefined
        ? []
        : [
            {
              route_key: `${method} ${path}`,
              throttling_rate_limit: throttle.requestsPerSecond,
              throttling_burst_limit: throttle.burst,
            },
          ],
    );
    expect(route_settings).toEqual(slow);
    expect(default_route_settings).toMatchObject({ throttling_rate_limit: defaultThrottle.requestsPerSecond });
  });

  it("is for pages of its own origin, unless settings name others", () => {
    expect(made.resource(Apigatewayv2Api).cors_configuration).toBeUndefined();
    const other = template(apiStack({ allowedOrigins: ["https://live.example.com"] }));
    expect(other.resource(Apigatewayv2Api).cors_configuration).toMatchObject({
      allow_origins: ["https://live.example.com"],
      allow_headers: ["authorization", "content-type", "idempotency-key"],
      expose_headers: ["retry-after", "x-request-id"],
      allow_credentials: false,
    });
  });
});

describe("the rates of the routes", () => {
  /** The most calls that a second sees. */
  const most = (...ids: readonly RouteId[]) =>
    ids
      .map((id) => (routes[id] as ApiRoute).throttle ?? defaultThrottle)
      .reduce((sum, { requestsPerSecond, burst }) => sum + requestsPerSecond + burst, 0);

  it("keep CreateChatToken within its 200 calls a second, with the larger share for signed-in users", () => {
    expect(most("createGuestChatToken", "createChatToken")).toBeLessThanOrEqual(200);
    expect(most("createChatToken")).toBeGreaterThan(most("createGuestChatToken"));
  });

  it("keep the verbs of stream keys within 5 calls a second", () => {
    expect(most("readStreamKey", "resetStreamKey")).toBeLessThanOrEqual(5);
  });

  it("keep what moderators do within the 100 calls a second of each verb", () => {
    for (const id of ["ban", "setSlowMode", "deleteMessage"] as const) expect(most(id)).toBeLessThanOrEqual(100);
  });
});

describe("the function that answers everyone", () => {
  const actions = statementsFor(stack, "api-public").flatMap(({ Action }) => Action);

  it("reads rows, lists and pictures, and lets guests into rooms; nothing else", () => {
    expect([...actions].sort()).toEqual([
      "dynamodb:GetItem",
      "dynamodb:Query",
      "ivschat:CreateChatToken",
      "s3:GetObject",
    ]);
  });
});

describe("the function that makes playback tokens", () => {
  const statements = statementsFor(stack, "playback-token");

  it("reads and counts rows and signs by the first key of the ring; nothing else", () => {
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      "dynamodb:GetItem",
      "dynamodb:UpdateItem",
      "kms:Sign",
    ]);
    expect(statements.find(({ Action }) => String(Action) === "kms:Sign")).toMatchObject({
      Resource: ["${aws_kms_key.keys_first_Key.arn}"],
    });
  });

  it("is the only one that signs", () => {
    for (const other of ["api-public", "api-stream"]) {
      const actions = statementsFor(stack, other).flatMap(({ Action }) => Action);
      expect(actions.filter((action) => /^(kms|secretsmanager):/.test(String(action)))).toEqual([]);
    }
  });
});

describe("the function for signed-in users", () => {
  const statements = statementsFor(stack, "api-stream");
  const actionsOf = (service: string) =>
    statements.flatMap(({ Action }) => Action).filter((action) => String(action).startsWith(service));

  it("replaces and shows stream keys, changes channels and ends what is watched, and makes no channel", () => {
    expect([...new Set(actionsOf("ivs:"))].sort()).toEqual([
      "ivs:BatchStartViewerSessionRevocation",
      "ivs:CreateStreamKey",
      "ivs:DeleteStreamKey",
      "ivs:GetChannel",
      "ivs:GetStreamKey",
      "ivs:ListStreamKeys",
      "ivs:StartViewerSessionRevocation",
      "ivs:TagResource",
      "ivs:UpdateChannel",
    ]);
  });

  it("acts in rooms of this environment only", () => {
    const rooms = statements.filter(({ Action }) => String(Action).includes("ivschat:"));
    expect(rooms.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { "aws:ResourceTag/onair:environment": "test" } },
    ]);
  });

  it("reads users, and changes and deletes none", () => {
    expect(actionsOf("cognito-idp:")).toEqual(["cognito-idp:AdminGetUser", "cognito-idp:AdminListGroupsForUser"]);
  });
});
