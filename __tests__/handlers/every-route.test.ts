import fc from "fast-check";
import * as v from "valibot";
import { beforeEach, describe, expect, it } from "vitest";
import { type ApiRoute, type RouteId, routes } from "#domain/api/routes.ts";
import { publicRoutes } from "#handlers/api-public/routes.ts";
import { streamRoutes } from "#handlers/api-stream/routes.ts";
import { createPlaybackToken } from "#handlers/playback-token/route.ts";
import type { Route } from "#handlers/shared/api/route.ts";
import { type ApiAnswer, type ApiCall, claimsOf } from "./fixture/api-call.ts";
import { type ApiWorld, apiWorld, subs } from "./fixture/api-world.ts";
import { furnish, validCalls } from "./fixture/valid-calls.ts";

const coded: readonly Route<never>[] = [...publicRoutes, ...streamRoutes, createPlaybackToken];
const codeOf = (id: RouteId) => coded.find((route) => route.id === id) as Route<never>;
const table = Object.entries(routes) as [RouteId, ApiRoute][];
const ids = table.map(([id]) => id);
const signedIn = table.filter(([, { access }]) => access === "signed-in").map(([id]) => id);

/** What an account that is going may still be asked. */
const forEveryState: readonly RouteId[] = ["readMe", "deleteMe"];
const ofOneself = signedIn.filter((id) => routes[id].path.startsWith("/stream/me") && !forEveryState.includes(id));
const moderating: readonly RouteId[] = [
  "listBans",
  "ban",
  "unban",
  "setSlowMode",
  "deleteMessage",
  "revokeViewerSessions",
  "listAudit",
];

/** Says something of the routes that it applies to; of the others there is nothing to say. */
const where = (applies: unknown) => (name: string, check: () => Promise<void>) => {
  if (applies) it(name, check);
};

/** Signs that would look like another name, hide in one, or break what reads it. */
const tricks = [
  "аda", // with a Cyrillic a
  "ada\u202e",
  "a\u200bda",
  "ada\u0000",
  "ADA\u0130",
  "ａｄａ",
  "../ada",
  "ada%2e",
  "'; --",
  "__proto__",
  "\ud800",
  "é".repeat(31),
];

let world: ApiWorld;

beforeEach(async () => {
  world = apiWorld();
  await furnish(world);
});

function expectProblem({ status, body, headers }: ApiAnswer, statuses: readonly number[]) {
  expect(statuses).toContain(status);
  expect(headers).toMatchObject({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": "request-1",
  });
  expect(body).toMatchObject({ status, code: expect.stringMatching(/^[A-Z_]+$/), title: expect.any(String) });
  expect(body.detail).not.toBe("");
}

const fieldsOf = ({ body }: ApiAnswer): string[] =>
  (body.errors ?? []).map(({ field }: { readonly field: string }) => field);

/** An object schema's fields, with the rule of each. */
function entriesOf(schema: unknown): [string, v.GenericSchema][] {
  const { entries, pipe } = schema as { entries?: Record<string, v.GenericSchema>; pipe?: readonly unknown[] };
  if (entries) return Object.entries(entries);
  return pipe ? entriesOf(pipe[0]) : [];
}

it("gives each row of the table its code, and no code without a row", () => {
  expect(coded.map(({ id }) => id).sort()).toEqual([...ids].sort());
});

it("has open routes below /public and routes for signed-in users below /stream", () => {
  const wrong = table.filter(([, { path, access }]) => !path.startsWith(access === "open" ? "/public/" : "/stream/"));
  expect(wrong).toEqual([]);
});

describe.each(ids)("%s", (id) => {
  const { params, query, body, headers, answers } = codeOf(id);
  const call = (changes: ApiCall = {}) => world.call(id, { ...validCalls[id], ...changes });
  const property = (arbitrary: fc.Arbitrary<ApiCall>, check: (answer: ApiAnswer) => void) =>
    fc.assert(
      fc.asyncProperty(arbitrary, async (changes) => {
        check(await call(changes));
      }),
      { numRuns: 20 },
    );

  it("answers a call that breaks no rule as its schema says", async () => {
    const { status, body: answered, headers: sent, text } = await call();
    expect(Object.keys(answers)).toContain(String(status));
    const schema = answers[status];
    expect(sent["x-request-id"]).toBe("request-1");
    if (schema && "kind" in schema) expect(v.safeParse(schema, answered).issues).toBeUndefined();
    else if (schema === null) expect(text).toBe("");
  });

  it("takes no unknown parameter of the query", async () => {
    const answer = await call({ query: "surprise=1" });
    expectProblem(answer, [400]);
    expect(fieldsOf(answer)).toContain("query.surprise");
  });

  it("takes no parameter twice, and no escape that is none", async () => {
    expectProblem(await call({ query: "limit=1&limit=2" }), [400]);
    expectProblem(await call({ query: "limit=%zz" }), [400]);
  });

  it("takes no body of a megabyte, of another type, or that is no JSON", async () => {
    expectProblem(await call({ text: `"${"x".repeat(1024 * 1024)}"` }), [413]);
    expectProblem(await call({ text: "<a/>", headers: { "content-type": "application/xml" } }), [400, 415]);
    const answer = await call({ text: '{"a": }' });
    expectProblem(answer, [400]);
    expect(answer.body.detail).toBe("body is not JSON from line 1, column 7 on.");
  });

  where(body)("takes no unknown field, and names it", async () => {
    const answer = await call({ body: { ...(validCalls[id].body as object), surprise: "what it says" } });
    expectProblem(answer, [400]);
    expect(fieldsOf(answer)).toEqual(["body.surprise"]);
    expect(answer.text).not.toContain("what it says");
  });

  where(!body)("takes no body", async () => {
    const answer = await call({ text: "{}" });
    expectProblem(answer, [400]);
    expect(fieldsOf(answer)).toEqual(["body"]);
  });

  where(body)("refuses a value that breaks its field's rule, and names the field", async () => {
    for (const [field, rule] of entriesOf(body)) {
      const value = fc.oneof(
        fc.jsonValue(),
        fc.constantFrom(null, true, 1.5, -1, 1e300, [], {}, "x".repeat(5000), ...tricks),
      );
      const wrong = value.filter((each) => !v.is(rule, each) && JSON.stringify(each).length < 10_000);
      const changes = wrong.map((each) => ({ body: { ...(validCalls[id].body as object), [field]: each } }));
      await property(changes, (answer) => {
        expectProblem(answer, [400]);
        expect(fieldsOf(answer).some((each) => each.startsWith(`body.${field}`))).toBe(true);
      });
    }
  });

  where(body)("never fails, whatever JSON comes", async () => {
    const text = fc.jsonValue().map((value) => ({ text: JSON.stringify(value) }));
    await property(text, ({ status }) => expect(status).toBeLessThan(500));
  });

  where(query)("refuses a parameter that breaks its rule, and names it", async () => {
    for (const [name, rule] of entriesOf(query)) {
      const value = fc.oneof(fc.string(), fc.constantFrom("", "-1", "1e3", "101", "x".repeat(5000), ...tricks));
      const wrong = value.filter((each) => !/\p{Cs}/u.test(each) && !v.is(rule, each));
      const changes = wrong.map((each) => ({ query: `${name}=${encodeURIComponent(each)}` }));
      await property(changes, (answer) => {
        expectProblem(answer, [400]);
        expect(fieldsOf(answer)).toEqual([`query.${name}`]);
      });
    }
  });

  where(params)("refuses a part of the path that breaks its rule, and names it", async () => {
    for (const [name, rule] of entriesOf(params)) {
      const value = fc.oneof(fc.string(), fc.constantFrom("x".repeat(5000), ...tricks));
      const wrong = value.filter((each) => /^[^/]+$/.test(each) && !v.is(rule, each));
      const changes = wrong.map((each) => ({ params: { ...validCalls[id].params, [name]: each } }));
      await property(changes, (answer) => {
        expectProblem(answer, [400, 404]);
        if (answer.status === 400) expect(fieldsOf(answer)).toEqual([`path.${name}`]);
        else expect(answer.body.code).toBe("NOT_FOUND");
      });
    }
  });

  where(headers)("refuses a header that breaks its rule, and names it", async () => {
    for (const [name] of entriesOf(headers)) {
      for (const value of ["", "short", "x".repeat(65), "white space 123456", "é".repeat(20)]) {
        const answer = await call({ headers: { [name]: value } });
        expectProblem(answer, [400]);
        expect(fieldsOf(answer)).toEqual([`header.${name}`]);
      }
      expect(fieldsOf(await call({ headers: {} }))).toEqual([`header.${name}`]);
    }
  });

  it("answers another method with those that the path takes", async () => {
    const answer = await call({ method: "OPTIONS" });
    expectProblem(answer, [405]);
    expect(answer.headers.allow?.split(", ")).toContain(routes[id].method);
  });
});

describe.each(signedIn)("%s, for somebody else", (id) => {
  it.each([
    ["no token", null],
    ["no claims", {}],
    ["an id token", { ...claimsOf(subs.ada), token_use: "id" }],
    ["a token without a user", claimsOf("")],
    ["a user that is no text", { ...claimsOf(subs.ada), sub: 7 }],
  ])("is closed to %s", async (_, claims) => {
    const answer = await world.call(id, { ...validCalls[id], claims });
    expectProblem(answer, [401]);
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
  });

  it("is closed to a deleted user, whose token still passes", async () => {
    const answer = await world.call(id, { ...validCalls[id], claims: claimsOf(subs.eve) });
    expectProblem(answer, [401]);
    expect(answer.body.code).toBe("ACCOUNT_DELETED");
  });

  where(!forEveryState.includes(id))("is closed while the account is being deleted", async () => {
    const answer = await world.call(id, { ...validCalls[id], claims: claimsOf(subs.dan) });
    expect([answer.status, answer.body.code]).toEqual([401, "ACCOUNT_DELETED"]);
  });

  where(ofOneself.includes(id))("waits until the channel is there", async () => {
    for (const sub of [subs.cem, subs.fay]) {
      const answer = await world.call(id, { ...validCalls[id], claims: claimsOf(sub) });
      expect([answer.status, answer.body.code, answer.headers["retry-after"]]).toEqual([409, "NOT_READY", "2"]);
    }
  });

  where(moderating.includes(id))("is closed to who does not moderate the room, whatever group they claim", async () => {
    for (const groups of [undefined, [], "[]", "[viewers]", "moderator", { moderators: true }]) {
      const answer = await world.call(id, { ...validCalls[id], claims: claimsOf(subs.cem, groups) });
      expect([answer.status, answer.body.code]).toEqual([403, "NOT_MODERATOR"]);
    }
    expect(world.moderation.acts).toEqual([]);
  });

  where(moderating.includes(id))("is open to moderators and admins, in both shapes of the claim", async () => {
    for (const groups of [["moderators"], "[moderators]", "[viewers admins]"]) {
      await furnish(world);
      const { status } = await world.call(id, { ...validCalls[id], claims: claimsOf(subs.mod, groups) });
      expect(status).toBeLessThan(300);
    }
  });

  where(ofOneself.includes(id))("shows and changes nothing of others", async () => {
    const before = world.accounts.rows.get(subs.ada);
    const { text } = await world.call(id, { ...validCalls[id], claims: claimsOf(subs.bob) });
    expect(world.accounts.rows.get(subs.ada)).toEqual(before);
    expect(text).not.toMatch(/sk_secret_of_ada|channel\/ada/);
  });
});
