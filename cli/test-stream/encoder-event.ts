import * as v from "valibot";

const reason = v.string();

/** What local/media/encoder says, a line each. */
const encoderEvent = v.variant("event", [
  v.object({ event: v.literal("preparing"), what: v.string() }),
  v.object({ event: v.literal("source"), args: v.array(v.string()) }),
  v.object({ event: v.literal("published") }),
  v.object({ event: v.literal("progress"), seconds: v.number(), bytes: v.number(), kilobits: v.number() }),
  v.object({ event: v.literal("ended"), seconds: v.number(), bytes: v.number() }),
  v.object({ event: v.literal("refused"), reason }),
  v.object({ event: v.literal("lost"), reason }),
  v.object({ event: v.literal("unusable"), reason }),
  v.object({ event: v.literal("failed"), code: v.string(), reason }),
]);

export type EncoderEvent = Readonly<v.InferOutput<typeof encoderEvent>>;

/** Undefined where the line is no event, for example a warning of Node's. */
export function readEncoderEvent(line: string): EncoderEvent | undefined {
  try {
    return v.parse(encoderEvent, JSON.parse(line));
  } catch {
    return undefined;
  }
}
