import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAccount, channelArnOf } from "#__tests__/aws/table/fixture/accounts.ts";
import { createSessionHistory } from "#aws/table/session-history.ts";
import { sessionEntry } from "#domain/live-state/session-entry.ts";
import type { StreamEventKind } from "#domain/live-state/stream-event.ts";
import { type RoutesWorld, routesWorld } from "./fixture/routes-world.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

let world: RoutesWorld;
beforeAll(async () => {
  world = await routesWorld({ plans: { everyone: { requestsPerSecond: 1000, requestsPerDay: 8 } } });
});
afterAll(() => world.own[Symbol.asyncDispose]());

const me = (method: string, path: string, sub: string, further: { body?: unknown; query?: string } = {}) =>
  world.call({ method, path: `/stream/me/${path}`, sub, ...further });

describe("the caller's streams", () => {
  const start = Math.floor((Date.now() - 30 * minute) / minute) * minute;

  beforeAll(async () => {
    await addAccount(world.table, "sub-ana");
    const history = createSessionHistory(world.table);
    const add = (name: string, streamId: string, at: number, kind: StreamEventKind = "state") =>
      history.add(
        sessionEntry({ kind, name, channelArn: channelArnOf("sub-ana"), streamId, at, facts: { a: "b" } }, 90),
      );
    for (let stream = 1; stream <= 3; stream += 1) {
      const at = start - (3 - stream) * 60 * minute;
      await add("Stream Start", `st-${stream}`, at);
      await add("Starvation Start", `st-${stream}`, at + minute, "health");
      await add("Stream End", `st-${stream}`, at + 10 * minute);
    }
    const put = (name: string, value: number, at: number, channel = "sub-ana") => ({
      MetricName: name,
      Value: value,
      Timestamp: new Date(at),
      Dimensions: [{ Name: "Channel", Value: channelArnOf(channel).split("/")[1] }],
    });
    await world.cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: "AWS/IVS",
        MetricData: [
          put("IngestVideoBitrate", 2_500_000, start),
          put("IngestVideoBitrate", 2_400_000, start + minute),
          put("IngestVideoBitrate", 9, start - 5 * minute),
          put("IngestVideoBitrate", 9, start + 15 * minute),
          put("IngestVideoBitrate", 9, start + minute, "sub-else"),
          put("IngestAudioBitrate", 128_000, start + minute),
          put("IngestFramerate", 30, start + minute),
          put("KeyframeInterval", 2, start + minute),
          put("ConcurrentViews", 7, start + 2 * minute),
        ],
      }),
    );
  });

  it("are listed newest first, in pages", async () => {
    const first = await me("GET", "sessions", "sub-ana", { query: "limit=2" });
    expect(first.status).toBe(200);
    expect(first.body.sessions).toMatchObject([{ streamId: "st-3" }, { streamId: "st-2" }]);
    expect(first.body.sessions[0]).toEqual({
      streamId: "st-3",
      startedAt: new Date(start).toISOString(),
      endedAt: new Date(start + 10 * minute).toISOString(),
      endReported: true,
      incidents: [
        { at: new Date(start + minute).toISOString(), kind: "health", name: "Starvation Start", facts: { a: "b" } },
      ],
    });
    const rest = await me("GET", "sessions", "sub-ana", { query: `limit=2&cursor=${first.body.next}` });
    expect(rest.body).toMatchObject({ sessions: [{ streamId: "st-1", incidents: [{ name: "Starvation Start" }] }] });
    expect(rest.body.next).toBeUndefined();
    expect(await me("GET", "sessions", "sub-ana", { query: "cursor=nonsense" })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "query.cursor" }] },
    });
  });

  it("have the metrics of their own channel and time, by the minute", async () => {
    const { status, body } = await me("GET", "sessions/st-3/metrics", "sub-ana");
    const at = (offset: number) => new Date(start + offset * minute).toISOString();
    expect(status).toBe(200);
    expect(body).toEqual({
      ingestVideoBitrate: [
        [at(0), 2_500_000],
        [at(1), 2_400_000],
      ],
      ingestAudioBitrate: [[at(1), 128_000]],
      ingestFramerate: [[at(1), 30]],
      keyframeInterval: [[at(1), 2]],
      concurrentViews: [[at(2), 7]],
    });
    expect((await me("GET", "sessions/st-1/metrics", "sub-ana")).body.ingestVideoBitrate).toEqual([]);
  });

  it("are nobody else's to see", async () => {
    await addAccount(world.table, "sub-ben");
    expect((await me("GET", "sessions", "sub-ben")).body).toEqual({ sessions: [] });
    expect(await me("GET", "sessions/st-3/metrics", "sub-ben")).toMatchObject({
      status: 404,
      body: { code: "SESSION_UNKNOWN" },
    });
  });
});

describe("the next stream", () => {
  const calendar = () => world.call({ method: "GET", path: "/public/channels/cem-tv/next.ics" });

  it("is announced, shown to calendars, and taken back", async () => {
    await addAccount(world.table, "sub-cem", "cem-tv");
    expect(await calendar()).toMatchObject({ status: 404, body: { code: "NEXT_STREAM_UNKNOWN" } });
    const startsAt = new Date(Math.floor((Date.now() + day) / 1000) * 1000).toISOString();
    const body = { startsAt, title: "Chess; and more" };
    expect(await me("PUT", "next-stream", "sub-cem", { body })).toMatchObject({ status: 200, body });
    const shown = await calendar();
    expect(shown.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    const lines = shown.bytes.toString().split("\r\n");
    expect(lines).toContain("SUMMARY:The cem-tv: Chess\\; and more");
    expect(lines).toContain(`DTSTART:${startsAt.replace(/[-:]|\.000/g, "")}`);
    expect((await me("DELETE", "next-stream", "sub-cem")).status).toBe(204);
    expect((await calendar()).status).toBe(404);
  });

  it("is within a year from now on, and has a title", async () => {
    const plan = async (startsAt: string, title = "Chess") =>
      (await me("PUT", "next-stream", "sub-cem", { body: { startsAt, title } })).body;
    const rule = "must be from now on, within a year";
    for (const at of [Date.now() - minute, Date.now() + 367 * day]) {
      const got = new Date(at).toISOString();
      expect(await plan(got)).toMatchObject({ errors: [{ field: "body.startsAt", rule, got }] });
    }
    expect(await plan(new Date(Date.now() + day).toISOString(), "x".repeat(141))).toMatchObject({
      errors: [{ field: "body.title", rule: "must be 1 to 140 characters" }],
    });
  });
});

describe("the webhook", () => {
  const url = "https://example.com/onair?key=abc";

  it("shows its secret once, and whether telling it failed", async () => {
    await addAccount(world.table, "sub-dia");
    expect(await me("GET", "webhook", "sub-dia")).toMatchObject({ status: 404, body: { code: "WEBHOOK_UNKNOWN" } });
    const written = await me("PUT", "webhook", "sub-dia", { body: { url } });
    expect(written.body).toEqual({ url, secret: expect.stringMatching(/^whsec_[\w-]{43}$/) });
    expect(await me("GET", "webhook", "sub-dia")).toMatchObject({ status: 200, body: { url, hasFailures: false } });

    const at = Date.now();
    for (const id of ["one", "two"]) {
      const failure = { id, at: at + id.length, kind: "live", why: "the server answered 500" } as const;
      await world.deps.webhooks.addFailure("sub-dia", failure);
    }
    const read = await me("GET", "webhook", "sub-dia");
    expect(read.body).toEqual({ url, hasFailures: true });
    const failures = await me("GET", "webhook/failures", "sub-dia", { query: "limit=1" });
    expect(failures.body.failures).toMatchObject([{ kind: "live", why: "the server answered 500" }]);
    expect(failures.body.next).toBeDefined();
    expect((await me("DELETE", "webhook", "sub-dia")).status).toBe(204);
    expect((await me("DELETE", "webhook", "sub-dia")).status).toBe(404);
  });

  it("is refused without its address being repeated", async () => {
    const refused = await me("PUT", "webhook", "sub-dia", { body: { url: "https://10.0.0.1/hook-secret" } });
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ field: "body.url", rule: "must lead to a public host", got: "a text of 28 characters" }] },
    });
    expect(refused.bytes.toString()).not.toContain("hook-secret");
  });
});

describe("a plan", () => {
  it("lets through exactly as many calls that cost as it has, however many come at once", async () => {
    await addAccount(world.table, "sub-eva");
    const body = { contentType: "image/png", bytes: 100 };
    const answers = await Promise.all(Array.from({ length: 20 }, () => me("POST", "avatar", "sub-eva", { body })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(8);
    expect(refused).toHaveLength(12);
    const [ofPlan] = refused.filter(({ body }) => body.code === "PLAN_EXCEEDED");
    expect(ofPlan?.body.detail).toContain("Your plan has 8 calls a day that cost.");
    const seconds = Number(ofPlan?.headers["retry-after"]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(86_400);
  });

  it("does not count what does not cost, nor what breaks a rule", async () => {
    await addAccount(world.table, "sub-fay");
    const wrong = { contentType: "image/png", bytes: 0 };
    for (let call = 0; call < 25; call += 1) {
      expect((await me("GET", "sessions", "sub-fay")).status).toBe(200);
      expect((await me("POST", "avatar", "sub-fay", { body: wrong })).status).toBe(400);
    }
    const body = { contentType: "image/png", bytes: 100 };
    expect((await me("POST", "avatar", "sub-fay", { body })).status).toBe(200);
  });
});
