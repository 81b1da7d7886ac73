import { expect, test } from "vitest";
import { createGuestToken } from "#aws/live-channels/guest-token.ts";
import { startChat, unknownRoom } from "../../local/ivschat/fixture.ts";

test("lets a guest speak in a room, and moderate nobody", async () => {
  const { service, chat, createRoom } = await startChat();
  const { arn } = await createRoom();
  const { token, capabilities, tokenExpirationTime, sessionExpirationTime } = await createGuestToken(
    chat,
    arn,
    "guest-1",
  );
  expect(service.openToken(token)).toMatchObject({ roomArn: arn, userId: "guest-1", capabilities: ["SEND_MESSAGE"] });
  expect(capabilities).toEqual(["SEND_MESSAGE"]);
  expect(Date.parse(tokenExpirationTime)).toBeGreaterThan(Date.now());
  expect(Date.parse(sessionExpirationTime)).toBeGreaterThan(Date.parse(tokenExpirationTime));
});

test("passes on that there is no such room", async () => {
  const { chat } = await startChat();
  await expect(createGuestToken(chat, unknownRoom, "guest-1")).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
