import fc from "fast-check";
import { expect, test } from "vitest";
import { readStreamEvent } from "#domain/live-state/stream-event.ts";
import { channelArn, envelope } from "./support.ts";

const start = Date.parse("2026-01-02T03:04:05Z");
const valid = envelope(channelArn(1), "Stream Start", "st-1A2b3C4d5E6f7G8h9I0jKlm", start);

test("reads a stream's start", () => {
  expect(readStreamEvent(valid)).toEqual({
    kind: "event",
    event: {
      kind: "state",
      name: "Stream Start",
      channelArn: channelArn(1),
      streamId: "st-1A2b3C4d5E6f7G8h9I0jKlm",
      at: start,
      facts: {},
    },
  });
});

test("reads how far a limit of a channel was exceeded", () => {
  const detail = { limit_name: "Ingest Bitrate", limit_value: 8_500_000, exceeded_by: 12, limit_unit: "bps" };
  expect(readStreamEvent({ ...valid, "detail-type": "IVS Limit Breach", detail })).toMatchObject({
    event: {
      kind: "limit",
      name: "Ingest Bitrate",
      facts: { limit_value: 8_500_000, exceeded_by: 12, limit_unit: "bps" },
    },
  });
});

test("passes over limits of the whole account, which name no channel", () => {
  const event = { ...valid, "detail-type": "IVS Limit Breach", resources: [] };
  expect(readStreamEvent(event)).toEqual({ kind: "unused", why: "a limit of the whole account" });
});

test.each(["AWS API Call via CloudTrail", "IVS Stage Update", "constructor"])("passes over %s", (type) => {
  expect(readStreamEvent({ ...valid, "detail-type": type })).toEqual({
    kind: "unused",
    why: "this detail-type is not followed",
  });
});

test.each([
  [{ source: "custom.ivs" }, "source", "must be aws.ivs", '"custom.ivs"'],
  [{ resources: undefined }, "resources", "must be a list", "nothing"],
  [{ resources: [] }, "resources[0]", "must be the ARN of a channel", "nothing"],
  [{ resources: ["alice"] }, "resources[0]", "must be the ARN of a channel", '"alice"'],
  [{ time: 1767322800000 }, "time", "must be a time such as 2026-01-02T03:04:05Z", "1767322800000"],
  [{ time: "2026-13-02T03:04:05Z" }, "time", "must be a time such as 2026-01-02T03:04:05Z", '"2026-13-02T03:04:05Z"'],
  [{ detail: [] }, "detail", "must be an object", "[]"],
  [{ detail: {} }, "detail.event_name", "must be 1 to 128 characters", "nothing"],
  [
    { detail: { event_name: "Stream End" } },
    "detail.stream_id",
    "must name the stream that started or ended",
    "nothing",
  ],
])("refuses an event with %j", (change, field, rule, got) => {
  expect(readStreamEvent({ ...valid, ...change })).toEqual({ kind: "refused", field, rule, got });
});

test("answers anything at all without throwing, and never repeats more than 80 characters of it", () => {
  const field = fc.constantFrom("source", "detail-type", "resources", "time", "detail");
  const changes = fc.dictionary(field, fc.jsonValue(), { maxKeys: 3 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        changes.map((change) => ({ ...valid, ...change })),
      ),
      (input) => {
        const reading = readStreamEvent(input);
        if (reading.kind === "refused") expect(reading.got.length).toBeLessThanOrEqual(80);
        if (reading.kind === "event") expect(reading.event.channelArn).toMatch(/:channel\//);
      },
    ),
    { numRuns: 500 },
  );
});
