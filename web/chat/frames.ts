import * as v from "valibot";

const attributes = v.nullish(v.record(v.string(), v.string()));

const message = v.object({
  Type: v.literal("MESSAGE"),
  Id: v.string(),
  RequestId: v.nullish(v.string()),
  Content: v.string(),
  SendTime: v.string(),
  Attributes: attributes,
  /** Its attributes are the server's: a sender cannot write them. */
  Sender: v.object({ UserId: v.string(), Attributes: attributes }),
});

const event = v.object({ Type: v.literal("EVENT"), Id: v.string(), EventName: v.string(), Attributes: attributes });

const error = v.object({
  Type: v.literal("ERROR"),
  RequestId: v.nullish(v.string()),
  ErrorCode: v.number(),
  ErrorMessage: v.string(),
});

const frame = v.variant("Type", [message, event, error]);

/** What the room sends (Amazon IVS Chat messaging API reference). */
export type Frame = v.InferOutput<typeof frame>;
export type MessageFrame = v.InferOutput<typeof message>;
export type EventFrame = v.InferOutput<typeof event>;

/** Reads a frame; undefined for one of a kind that this page does not know. */
export function readFrame(text: unknown): Frame | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const parsed = v.safeParse(frame, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** What goes with a message, besides its text. */
export type MessageAttributes = Readonly<Record<string, string>>;

/** A request to say something. */
export const sendMessageFrame = (requestId: string, content: string, attributes?: MessageAttributes): string =>
  JSON.stringify({
    Action: "SEND_MESSAGE",
    RequestId: requestId,
    Content: content,
    ...(attributes && { Attributes: attributes }),
  });
