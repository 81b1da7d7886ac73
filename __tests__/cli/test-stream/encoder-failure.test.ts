import { describe, expect, it } from "vitest";
import { readEncoderEvent } from "#cli/test-stream/encoder-event.ts";
import { encoderFailure } from "#cli/test-stream/encoder-failure.ts";

const failure = (line: string, file?: string) =>
  encoderFailure({ event: readEncoderEvent(line), said: "", channel: "main-stage", file, again: "onair again" });

describe("encoderFailure", () => {
  it.each([
    ['{"event":"refused","reason":"no such key"}', "STREAM_REFUSED", "The stream for channel main-stage was refused."],
    ['{"event":"lost","reason":"ECONNRESET"}', "STREAM_LOST", "The stream to channel main-stage has ended."],
    ['{"event":"unusable","reason":"no video"}', "VIDEO_UNUSABLE", "The test clip cannot be sent."],
    ['{"event":"failed","code":"PYTHON_MISSING","reason":"none"}', "PYTHON_MISSING", "The encoder could not begin."],
    ['{"event":"failed","code":"NEVER_HEARD","reason":"none"}', "UNEXPECTED", "The encoder could not begin."],
    ["Segmentation fault", "PART_DIED", "The encoder has ended by itself."],
    ['{"event":"progress","seconds":1,"bytes":2,"kilobits":3}', "PART_DIED", "The encoder has ended by itself."],
  ])("takes %s as %s", (line, code, what) => {
    expect(failure(line)).toMatchObject({ code, what });
  });

  it("shows what an encoder said last that ended by itself", () => {
    const ended = { event: undefined, said: "FATAL ERROR: heap", channel: "main-stage", again: "onair again" };
    expect(encoderFailure(ended)).toMatchObject({
      code: "PART_DIED",
      why: "FATAL ERROR: heap",
      cure: "Again: onair again",
    });
  });

  it("names the file that cannot be sent", () => {
    expect(failure('{"event":"unusable","reason":"no video"}', "holiday.mp4").what).toBe("holiday.mp4 cannot be sent.");
  });
});
