import fc from "fast-check";
import { expect, test } from "vitest";
import { readFrame, sendMessageFrame } from "#web/chat/frames.ts";

const message = {
  Type: "MESSAGE",
  Id: "AbCdEf123456",
  RequestId: "",
  Attributes: null,
  Content: "Hello",
  SendTime: "2026-01-02T03:04:05.678Z",
  Sender: { UserId: "viewer-1", Attributes: {} },
};

test("reads messages, events and errors", () => {
  const event = { Type: "EVENT", Id: "1", EventName: "aws:DELETE_MESSAGE", Attributes: { MessageID: "2" } };
  const error = { Type: "ERROR", RequestId: "3", ErrorCode: 429, ErrorMessage: "slow" };
  for (const frame of [message, event, error])
    expect(readFrame(JSON.stringify(frame))).toMatchObject({ Type: frame.Type });
});

test("passes over what it does not know, whatever it is", () => {
  expect(readFrame(JSON.stringify({ ...message, Type: "STICKER" }))).toBeUndefined();
  expect(readFrame(JSON.stringify({ ...message, Sender: null }))).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => readFrame(text) === undefined));
  fc.assert(fc.property(fc.json(), (text) => readFrame(text) === undefined));
  expect(readFrame(new ArrayBuffer(4))).toBeUndefined();
});

test("asks to say something as the protocol has it", () => {
  expect(JSON.parse(sendMessageFrame("id-1", "Hi"))).toEqual({
    Action: "SEND_MESSAGE",
    RequestId: "id-1",
    Content: "Hi",
  });
  expect(JSON.parse(sendMessageFrame("id-1", "Hi", { sticker: "wave" }))).toMatchObject({
    Attributes: { sticker: "wave" },
  });
});
