import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadModel } from "#local/service-model/model.ts";
import { checkAnswer, validate } from "#local/service-model/validate.ts";

const ivs = loadModel("ivs");
const chat = loadModel("ivschat");

describe("validate", () => {
  test.each([
    ["ChannelName", "alice-1_b", []],
    ["ChannelName", "alice smith", ["Member must satisfy regular expression pattern: [a-zA-Z0-9-_]*"]],
    ["ChannelName", "a".repeat(129), ["Member must have length less than or equal to 128, got 129"]],
    ["ChannelType", "FAST", ["Member must satisfy enum value set: [BASIC, STANDARD, ADVANCED_SD, ADVANCED_HD]"]],
    ["MaxChannelResults", 0, ["Member must have value greater than or equal to 1, got 0"]],
    ["MaxChannelResults", 1.5, ["Member must be a 32-bit integer, got number"]],
    ["ViewerSessionVersion", 2 ** 31, ["Member must be a 32-bit integer, got number"]],
    ["Boolean", "true", ["Member must be a boolean, got string"]],
    ["Tags", [], ["Member must be an object, got list"]],
    ["ChannelRecordingConfigurationArn", "", []],
  ])("%s: %j", (shape, value, messages) => {
    expect(validate(ivs, shape, value).map(({ message }) => message)).toEqual(messages);
  });

  test("counts the length of text in code points", () => {
    expect(validate(chat, "EventName", "🎉".repeat(100))).toEqual([]);
    expect(validate(chat, "EventName", "🎉".repeat(101))).toMatchObject([{ rule: "max" }]);
  });

  test("takes an empty handler address or a whole one, and nothing in between", () => {
    expect(validate(chat, "LambdaArn", "")).toEqual([]);
    expect(validate(chat, "LambdaArn", "arn:aws:lambda:eu-west-1:000000000000:function:review")).toEqual([]);
    expect(validate(chat, "LambdaArn", "x")).toMatchObject([{ rule: "pattern" }]);
  });

  test("says where in the input a problem is", () => {
    const input = { arns: ["arn:aws:ivs:eu-west-1:000000000000:channel/a", "?"] };
    expect(validate(ivs, "BatchGetChannelRequest", input)).toMatchObject([{ path: "arns.2.member", rule: "pattern" }]);
  });

  test("ignores members that the model does not know, as services do", () => {
    expect(validate(ivs, "CreateChannelRequest", { unheardOf: 1 })).toEqual([]);
    expect(checkAnswer(ivs, "CreateChannelRequest", { unheardOf: 1 })).toMatchObject([{ rule: "unknown" }]);
  });

  test("never repeats text of the value", () => {
    const secret = fc.string({ minLength: 12 }).filter((text) => /[^a-z0-9 ]/i.test(text));
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom("ChannelArn", "ChannelName", "ChannelType", "TagKey", "Boolean"),
        (text, shape) => validate(ivs, shape, text).every(({ message }) => !message.includes(text)),
      ),
    );
  });

  test("answers for any JSON at all", () => {
    const shapes = Object.keys(ivs.shapes);
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...shapes), (value, shape) =>
        Array.isArray(checkAnswer(ivs, shape, value)),
      ),
    );
  });
});
