/** What an event tells of, by its detail-type. */
export type StreamEventKind = "state" | "health" | "limit" | "recording";

/** What Amazon IVS said of one channel. */
export interface StreamEvent {
  readonly kind: StreamEventKind;
  /** The service's own words: "Stream Start", "Starvation Start", "Ingest Bitrate", "Recording End". */
  readonly name: string;
  readonly channelArn: string;
  /** Absent on most recording events and on some limit breaches. */
  readonly streamId?: string;
  /** When it happened, in milliseconds; the service gives whole seconds. */
  readonly at: number;
  /** Why, how much or of what, as far as the service says it: a failure's reason, a limit's value, a recording's id. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export type StreamEventReading =
  | { readonly kind: "event"; readonly event: StreamEvent }
  /** A valid event that says nothing of a channel: to be passed over. */
  | { readonly kind: "unused"; readonly why: string }
  /** Not an event of the service: to be kept for a person to look at. `got` never holds more than 80 characters. */
  | { readonly kind: "refused"; readonly field: string; readonly rule: string; readonly got: string };

const kinds: Readonly<Record<string, { readonly kind: StreamEventKind; readonly nameField: string }>> = {
  "IVS Stream State Change": { kind: "state", nameField: "event_name" },
  "IVS Stream Health Change": { kind: "health", nameField: "event_name" },
  "IVS Limit Breach": { kind: "limit", nameField: "limit_name" },
  "IVS Recording State Change": { kind: "recording", nameField: "recording_status" },
};

const factFields = [
  ...["reason", "code", "limit_value", "exceeded_by", "limit_unit"],
  ...["recording_status_reason", "recording_session_id"],
];

const channelArnShape = /^arn:aws:ivs:[a-z0-9-]+:\d{12}:channel\/[A-Za-z0-9]{12}$/;
const timeShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const refused = (field: string, rule: string, got: unknown): StreamEventReading => ({
  kind: "refused",
  field,
  rule,
  got: (JSON.stringify(got) ?? "nothing").slice(0, 80),
});

const isName = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= 128;

function factsOf(detail: Fields): StreamEvent["facts"] {
  const facts: Record<string, string | number> = {};
  for (const field of factFields) {
    const value = detail[field];
    if (typeof value === "number") facts[field] = value;
    if (typeof value === "string") facts[field] = value.slice(0, 256);
  }
  return facts;
}

/**
 * Reads an EventBridge event of source `aws.ivs` (IVS user guide, EventBridge). Fields that are not used may be missing
 * or new. CloudTrail's events have the same source, so the detail-type decides; limits of the whole account name no
 * channel.
 */
export function readStreamEvent(input: unknown): StreamEventReading {
  if (!isFields(input)) return refused("event", "must be an object", input);
  if (input.source !== "aws.ivs") return refused("source", "must be aws.ivs", input.source);
  const type = input["detail-type"];
  if (typeof type !== "string") return refused("detail-type", "must be a text", type);
  const known = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (known === undefined) return { kind: "unused", why: "this detail-type is not followed" };
  const { resources, time, detail } = input;
  if (!Array.isArray(resources)) return refused("resources", "must be a list", resources);
  if (known.kind === "limit" && resources.length === 0) return { kind: "unused", why: "a limit of the whole account" };
  const channelArn: unknown = resources[0];
  if (typeof channelArn !== "string" || !channelArnShape.test(channelArn)) {
    return refused("resources[0]", "must be the ARN of a channel", channelArn);
  }
  const at = typeof time === "string" && timeShape.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(at)) return refused("time", "must be a time such as 2026-01-02T03:04:05Z", time);
  if (!isFields(detail)) return refused("detail", "must be an object", detail);
  const name = detail[known.nameField];
  if (!isName(name)) return refused(`detail.${known.nameField}`, "must be 1 to 128 characters", name);
  const streamId = detail.stream_id === "" ? undefined : detail.stream_id;
  if (streamId !== undefined && !isName(streamId)) {
    return refused("detail.stream_id", "must be 1 to 128 characters", streamId);
  }
  const changesLive = known.kind === "state" && (name === "Stream Start" || name === "Stream End");
  if (changesLive && streamId === undefined) {
    return refused("detail.stream_id", "must name the stream that started or ended", detail.stream_id);
  }
  const event = { kind: known.kind, name, channelArn, at, facts: factsOf(detail) };
  return { kind: "event", event: streamId === undefined ? event : { ...event, streamId } };
}
