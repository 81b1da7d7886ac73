import * as v from "valibot";
import { afterEach, describe, expect, it, vi } from "vitest";
import { claimsOf, eventFor, readAnswer } from "#__tests__/handlers/fixture/api-call.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";
import { CursorError } from "#domain/profiles/profile.ts";
import { createApi } from "#handlers/shared/api/api.ts";
import { channelPath } from "#handlers/shared/api/fields.ts";
import { answer, openRoute, signedInRoute } from "#handlers/shared/api/route.ts";

const lines: Record<string, unknown>[] = [];
const log = (level: string, message: string, fields = {}) => void lines.push({ level, message, ...fields });

afterEach(() => {
  lines.length = 0;
});

interface Deps {
  readonly act: (heard: unknown) => Promise<void>;
}

const read = openRoute({
  id: "readChannel",
  summary: "Reads",
  params: channelPath,
  answers: { 200: v.object({ name: v.string() }) },
  async handle({ params }, { act }: Deps) {
    await act(params);
    return answer(200, { name: params.name }, { "cache-control": "public, max-age=3" });
  },
});

const change = signedInRoute({
  id: "changeMe",
  summary: "Changes",
  body: v.strictObject({ title: v.pipe(v.string("must be a text"), v.maxLength(5, "must be at most 5 characters")) }),
  answers: { 200: v.object({ groups: v.array(v.string()) }) },
  async handle({ caller, body }, { act }: Deps) {
    await act(body);
    return answer(200, { groups: [...caller.groups] });
  },
});

function api(act: Deps["act"] = async () => {}) {
  const handler = createApi({ routes: [read, change], deps: { act }, log });
  return async (event: unknown) => readAnswer(await handler(event));
}

const readEvent = eventFor("readChannel", { params: { name: "Ada" } }, null);
const changeEvent = (body: unknown, groups?: unknown) => eventFor("changeMe", { body }, claimsOf("u1", groups));

describe("an answer", () => {
  it("has the request's id, and says what may be kept", async () => {
    expect((await api()(readEvent)).headers).toMatchObject({
      "x-request-id": "request-1",
      "cache-control": "public, max-age=3",
      "content-type": "application/json",
    });
    expect((await api()(changeEvent({ title: "a" }))).headers["cache-control"]).toBe("no-store");
  });

  it("is made of what the rules give, not of what was sent", async () => {
    const heard = vi.fn(async () => {});
    await api(heard)(readEvent);
    expect(heard).toHaveBeenCalledWith({ name: "ada" });
  });
});

describe("the groups of a caller", () => {
  it.each([
    ["[moderators]", ["moderators"]],
    ["[admins moderators]", ["admins", "moderators"]],
    [["admins"], ["admins"]],
    ["[]", []],
    [undefined, []],
    [7, []],
  ])("are read from %j", async (claim, groups) => {
    expect((await api()(changeEvent({ title: "a" }, claim))).body).toEqual({ groups });
  });
});

describe("a refused field", () => {
  it("is named with its rule and what came", async () => {
    const { status, body } = await api()(changeEvent({ title: "abcdefg" }));
    expect(status).toBe(400);
    expect(body).toEqual({
      type: "urn:onair:problem:invalid-request",
      status: 400,
      code: "INVALID_REQUEST",
      title: "The request breaks a rule.",
      detail: 'body.title must be at most 5 characters; got "abcdefg".',
      errors: [{ field: "body.title", rule: "must be at most 5 characters", got: '"abcdefg"' }],
    });
  });

  it.each([
    [{}, "must be there", "nothing"],
    [{ title: null }, "must be a text", "null"],
    [{ title: 7 }, "must be a text", "7"],
    [{ title: ["a"] }, "must be a text", "a list of 1"],
    [{ title: "a\u202eb\u0000cdef" }, "must be at most 5 characters", '"a\\u{202e}b\\u{0}cdef"'],
    [{ title: "x".repeat(99) }, "must be at most 5 characters", `"${"x".repeat(60)}…", a text of 99 characters`],
  ])("of %j", async (body, rule, got) => {
    expect((await api()(changeEvent(body))).body.errors).toEqual([{ field: "body.title", rule, got }]);
  });

  it("stands in the log by its name, without its value", async () => {
    await api()(changeEvent({ title: "secret words" }));
    expect(lines).toEqual([
      {
        level: "info",
        message: "request refused",
        requestId: "request-1",
        route: "PATCH /stream/me",
        status: 400,
        code: "INVALID_REQUEST",
        fields: ["body.title"],
      },
    ]);
  });
});

describe("a body", () => {
  it("may come as base64, as API Gateway sends what it does not know", async () => {
    const event = changeEvent({ title: "abc" });
    const encoded = { ...event, body: Buffer.from(String(event.body)).toString("base64"), isBase64Encoded: true };
    expect((await api()(encoded)).status).toBe(200);
  });

  it("must be UTF-8", async () => {
    const body = Buffer.from([0x22, 0xff, 0x22]).toString("base64");
    const { status, body: problem } = await api()({ ...changeEvent({}), body, isBase64Encoded: true });
    expect([status, problem.detail]).toEqual([400, "body must be UTF-8; got 3 bytes that are not."]);
  });

  it("may say its charset, if it is UTF-8", async () => {
    const event = changeEvent({ title: "a" });
    const as = (type: string) => api()({ ...event, headers: { "Content-Type": type } });
    expect((await as("application/json; charset=UTF-8")).status).toBe(200);
    expect((await as("application/json; charset=utf-16")).status).toBe(415);
    expect((await as("text/json")).status).toBe(415);
  });
});

describe("a path", () => {
  it("of no route is a problem, too", async () => {
    for (const rawPath of ["/public/nothing", "/", "/public/channels/a/b", "/public/channels/%", "/\ud800"]) {
      const { status, body } = await api()({ ...readEvent, rawPath });
      expect([rawPath, status < 500, body.code]).toEqual([
        rawPath,
        true,
        status === 404 ? "NOT_FOUND" : "INVALID_REQUEST",
      ]);
    }
  });
});

describe("a failure", () => {
  const failing = (error: unknown) => api(() => Promise.reject(error));

  it("that nobody planned for tells the caller its id and nothing else", async () => {
    const error = Object.assign(new Error("user bob@example.com has key sk_123"), { code: "ERR_X" });
    const { status, body, text } = await failing(error)(readEvent);
    expect([status, body.code]).toEqual([500, "INTERNAL"]);
    expect(body.detail).toBe("The request failed on our side. Its id is request-1.");
    expect(text).not.toMatch(/bob|sk_|ERR_X/);
  });

  it("is logged by its name, its code and its place, without its message", async () => {
    const cause = Object.assign(new Error("arn:aws:secret"), { name: "AccessDeniedException" });
    await failing(Object.assign(new Error("key sk_123", { cause }), { code: "ERR_X" }))(readEvent);
    expect(lines).toEqual([
      expect.objectContaining({
        level: "error",
        status: 500,
        error: "Error",
        errorCode: "ERR_X",
        cause: "AccessDeniedException",
      }),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/sk_123|secret/);
    expect(lines[0]?.at).toContainEqual(expect.stringMatching(/^at /));
  });

  it("that is no error is answered all the same", async () => {
    expect((await failing(undefined)(readEvent)).status).toBe(500);
  });

  it("for too many calls asks to come back", async () => {
    const throttled = Object.assign(new Error(), { name: "ThrottlingException" });
    for (const error of [throttled, new ServiceError("THROTTLED", "CreateStreamKey")]) {
      const { status, body, headers } = await failing(error)(readEvent);
      expect([status, body.code, headers["retry-after"]]).toEqual([503, "BUSY", "2"]);
    }
  });

  it("by a cursor that no page gave is the caller's", async () => {
    const { status, body } = await failing(new CursorError("cursor is ..."))(readEvent);
    expect([status, body.errors[0].field]).toEqual([400, "query.cursor"]);
  });
});
