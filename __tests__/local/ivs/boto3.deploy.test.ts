import { expect, test } from "vitest";
import { createIvs } from "#local/ivs/service.ts";
import { createIvsChat } from "#local/ivschat/service.ts";
import { serveServices } from "../../support/service-server.ts";
import { runPython } from "../../support/test-python.ts";

test("boto3 agrees on the life of a channel and of a room", async () => {
  await using server = await serveServices(createIvs({ settleMilliseconds: 200 }), createIvsChat());
  expect(JSON.parse(await runPython("__tests__/local/ivs/lifecycle.py", [server.url]))).toEqual({
    recording: ["CREATING", "ACTIVE"],
    tags: { owner: "alice b" },
    pages: 1,
    key: true,
    "second key": ["ServiceQuotaExceededException", 402, null],
    offline: ["ChannelNotBroadcasting", 404, null],
    "in use": ["ConflictException", 409, null],
    "bad name": ["ValidationException", 400, null],
    deleted: 204,
    gone: ["ResourceNotFoundException", 404, null],
    "session minutes": 60,
    rooms: ["lobby"],
    "bad length": ["ValidationException", 400, "FIELD_VALIDATION_FAILED"],
    "room deleted": 204,
    "room gone": ["ResourceNotFoundException", 404, null],
  });
});
