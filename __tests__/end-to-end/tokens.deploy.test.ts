import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validCalls } from "#__tests__/handlers/fixture/valid-calls.ts";
import { type ApiRoute, type RouteId, routes } from "#domain/api/routes.ts";
import { type Person, signUpAs } from "./fixture/people.ts";
import { type ApiCall, type Platform, startPlatform } from "./fixture/platform.ts";

const closed = (Object.entries(routes) as [RouteId, ApiRoute][]).filter(([, { access }]) => access === "signed-in");

let platform: Platform;
let person: Person;
let header: Readonly<Record<string, unknown>>;
let claims: Readonly<Record<string, unknown>>;

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
const decode = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString());
const partsOf = ({ token }: Person) => token.split(".") as [string, string, string];

beforeAll(async () => {
  platform = await startPlatform();
  person = await signUpAs(platform, "Somebody");
  const [head, payload] = partsOf(person);
  header = decode(head);
  claims = decode(payload);
});
afterAll(() => platform[Symbol.asyncDispose]());

/** A call of the route that breaks no rule, beside who makes it. */
function callOf(id: RouteId): ApiCall {
  const { params, query, body, headers } = validCalls[id];
  const path = routes[id].path.replace(/\{(\w+)\}/g, (_, name: string) => params?.[name] ?? "");
  return {
    method: routes[id].method,
    path: query ? `${path}?${query}` : path,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  };
}

const signedBySomebodyElse = async () => {
  const { privateKey } = await generateKeyPair("RS256");
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: "RS256", kid: String(header.kid) }).sign(privateKey);
};
const changed = (changes: object) => {
  const [head, , signature] = partsOf(person);
  return `${head}.${encode({ ...claims, ...changes })}.${signature}`;
};

describe("a token that the user pool did not make so", () => {
  it.each([
    ["is missing", () => undefined],
    ["is empty", () => ""],
    ["is garbage", () => "garbage"],
    ["has three parts of garbage", () => "a.b.c"],
    ["is signed by nobody", () => `${encode({ ...header, alg: "none" })}.${encode(claims)}.`],
    ["is signed by somebody else", signedBySomebodyElse],
    ["is of another user", () => changed({ sub: "00000000-0000-4000-8000-00000000000a" })],
    ["has another group", () => changed({ "cognito:groups": ["admins"] })],
    ["would be good for ever", () => changed({ exp: 4_102_444_800 })],
    ["has run out", () => changed({ exp: 1_000_000_000 })],
    ["is of another pool", () => changed({ iss: "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_another" })],
  ])("opens no route when it %s", async (_, make) => {
    const token = await make();
    const answers = await Promise.all(
      closed.map(async ([id]) => {
        const { status, body } = await platform.call({ ...callOf(id), ...(token !== undefined && { token }) });
        return [id, status, JSON.stringify(body).length < 200] as const;
      }),
    );
    expect(answers.filter(([, status, isShort]) => status !== 401 || !isShort)).toEqual([]);
  });
});
