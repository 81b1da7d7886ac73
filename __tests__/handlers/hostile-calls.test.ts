import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type RouteId, routes } from "#domain/api/routes.ts";
import { publicRoutes } from "#handlers/api-public/routes.ts";
import { streamRoutes } from "#handlers/api-stream/routes.ts";
import { createPlaybackToken } from "#handlers/playback-token/route.ts";
import type { Route } from "#handlers/shared/api/route.ts";
import { type ApiAnswer, type ApiCall, claimsOf, eventFor } from "./fixture/api-call.ts";
import { type ApiWorld, apiWorld, subs } from "./fixture/api-world.ts";
import { furnish, validCalls } from "./fixture/valid-calls.ts";

/** What a schema is made of, as far as it says which fields must be there. */
interface Part {
  readonly type: string;
  readonly pipe?: readonly Part[];
  readonly entries?: Readonly<Record<string, Part>>;
}

const entriesOf = (schema: unknown): Readonly<Record<string, Part>> => {
  const { entries, pipe } = schema as Part;
  return entries ?? (pipe ? entriesOf(pipe[0]) : {});
};

const coded: readonly Route<never>[] = [...publicRoutes, ...streamRoutes, createPlaybackToken];
const ids = coded.map(({ id }) => id);
const withBody = coded.flatMap(({ id, body }) => (body ? [{ id, entries: entriesOf(body) }] : []));
const withPath = coded.flatMap(({ id, params }) => (params ? [{ id, variables: Object.keys(entriesOf(params)) }] : []));
const moderating = ids.filter((id) =>
  /^\/stream\/channels\/.+\/(bans|slow-mode|messages|audit|revocations)/.test(routes[id].path),
);

/** What every object of JavaScript has, and no request may say. */
const inherited = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

let world: ApiWorld;

beforeEach(async () => {
  world = apiWorld();
  await furnish(world);
});

const call = (id: RouteId, changes: ApiCall = {}) => world.call(id, { ...validCalls[id], ...changes });

/** Refused as the caller's fault, by a problem that tells nothing of what is inside. */
function expectRefusal({ status, body, headers, text }: ApiAnswer, code?: string) {
  expect([400, 404, 413, 415]).toContain(status);
  expect(headers["content-type"]).toBe("application/problem+json");
  if (code !== undefined) expect(body.code).toBe(code);
  expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules|TypeError|sk_secret/);
}

const fieldsOf = ({ body }: ApiAnswer): string[] =>
  (body.errors ?? []).map(({ field }: { readonly field: string }) => field);

describe.each(withBody)("the body of $id", ({ id, entries }) => {
  const valid = validCalls[id].body as Readonly<Record<string, unknown>>;
  const required = Object.entries(entries).flatMap(([field, { type }]) => (type === "optional" ? [] : [field]));

  it.each(required)("must have %s", async (field) => {
    const { [field]: _, ...rest } = valid;
    const answer = await call(id, { body: rest });
    expectRefusal(answer, "INVALID_REQUEST");
    expect(answer.body.errors).toEqual([{ field: `body.${field}`, rule: "must be there", got: "nothing" }]);
  });

  it("must be there, where something must be in it", async () => {
    const { body: _, ...none } = validCalls[id];
    const answer = await world.call(id, none);
    if (required.length > 0) expect(fieldsOf(answer).sort()).toEqual(required.map((field) => `body.${field}`).sort());
    else expect(answer.status).not.toBe(500);
  });

  it.each(["null", "[]", '"text"', "7", "true", "1e999", "[[[[]]]]"])("must be an object, and not %s", async (text) => {
    const answer = await call(id, { text });
    expectRefusal(answer, "INVALID_REQUEST");
    expect(fieldsOf(answer).every((field) => field.startsWith("body"))).toBe(true);
  });

  it("may be as deep as it is long", async () => {
    expectRefusal(await call(id, { text: `${"[".repeat(8000)}${"]".repeat(8000)}` }), "INVALID_REQUEST");
    const [field] = Object.keys(valid);
    const deep = `{"${field}":${'{"a":'.repeat(2500)}1${"}".repeat(2500)}}`;
    expectRefusal(await call(id, { text: deep }), "INVALID_REQUEST");
  });

  it.each(inherited)("has no field %s", async (name) => {
    const text = JSON.stringify(valid).replace(/^\{/, `{"${name}":{"title":"mine"}${Object.keys(valid)[0] ? "," : ""}`);
    const answer = await call(id, { text });
    expectRefusal(answer, "INVALID_REQUEST");
    expect(fieldsOf(answer)).toEqual([`body.${name}`]);
    expect(Object.hasOwn(Object.prototype, "title")).toBe(false);
  });

  it("is what the last of two fields of one name says, and that keeps the rules", async () => {
    for (const field of Object.keys(valid)) {
      const text = JSON.stringify(valid).replace(/\}$/, `,"${field}":{"$ne":null}}`);
      const answer = await call(id, { text });
      expectRefusal(answer, "INVALID_REQUEST");
      expect(fieldsOf(answer)).toEqual([`body.${field}`]);
    }
  });
});

describe.each(ids)("%s", (id) => {
  it.each(inherited)("takes no parameter %s", async (name) => {
    const answer = await call(id, { query: `${name}=1` });
    expectRefusal(answer, "INVALID_REQUEST");
    expect(fieldsOf(answer)).toContain(`query.${name}`);
  });

  it("never fails, whatever bytes are sent as base64, of whatever type they are said to be", async () => {
    const types = fc.constantFrom("application/json", "APPLICATION/JSON", "text/plain", "", "é", "multipart/form-data");
    await fc.assert(
      fc.asyncProperty(fc.base64String(), types, async (body, type) => {
        const answer = await world.send(id, {
          ...eventFor(id, validCalls[id], claimsOf(subs.ada)),
          ...{ body, isBase64Encoded: true, headers: { "content-type": type, ...validCalls[id].headers } },
        });
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 8 },
    );
  });

  it("never fails, whatever headers come", async () => {
    const headers = fc.dictionary(fc.string({ maxLength: 20 }), fc.string({ maxLength: 300, unit: "binary" }));
    await fc.assert(
      fc.asyncProperty(headers, async (each) => {
        expect((await call(id, { headers: { ...validCalls[id].headers, ...each } })).status).toBeLessThan(500);
      }),
      { numRuns: 8 },
    );
  });
});

describe.each(withPath)("the path of $id", ({ id, variables }) => {
  it.each(variables)("leads nowhere else by its %s", async (variable) => {
    for (const value of ["..", ".", "../..", "../../public/live", "%2e%2e", "me", " ", "\\..\\..", "a%00b"]) {
      const answer = await call(id, { params: { ...validCalls[id].params, [variable]: value } });
      expect([400, 404, 405]).toContain(answer.status);
      expect(answer.text).not.toMatch(/channel\/ada|sk_secret/);
    }
  });

  it("takes nobody's id in place of a name", async () => {
    if (!variables.includes("name")) return;
    for (const sub of [subs.ada, subs.bob, subs.eve]) {
      const answer = await call(id, { params: { ...validCalls[id].params, name: sub } });
      expectRefusal(answer, "INVALID_REQUEST");
      expect(fieldsOf(answer)).toEqual(["path.name"]);
    }
  });
});

describe.each(moderating)("%s", (id) => {
  it("is closed to a stranger whose groups only look like those of moderators", async () => {
    const looks = ["Moderators", "[MODERATORS]", "moderators\u200b", "mоderators", "[]moderators[]", "xmoderators"];
    const shapes = [null, 1, true, {}, [["moderators"]], [{ name: "moderators" }], ["moderators "], [1], ...looks];
    for (const groups of shapes) {
      const answer = await call(id, { claims: claimsOf(subs.mod, groups) });
      expect([groups, answer.status, answer.body.code]).toEqual([groups, 403, "NOT_MODERATOR"]);
    }
    expect(world.moderation.acts).toEqual([]);
  });
});
