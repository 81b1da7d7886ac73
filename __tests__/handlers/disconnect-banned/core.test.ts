import { describe, expect, test } from "vitest";
import type { LateDisconnect } from "#domain/chat/ports.ts";
import { makeHandler } from "#handlers/disconnect-banned/core.ts";

const late = { ownerSub: "owner", roomArn: "arn:room", userId: "viewer" };
const attributes = { ApproximateReceiveCount: "1" };
const message = (messageId: string, body: unknown) => ({ messageId, attributes, body: JSON.stringify(body) });

function run(disconnect: (late: LateDisconnect) => Promise<boolean>) {
  const lines: unknown[] = [];
  const handler = makeHandler({
    disconnect,
    log: (level, text, fields) => void lines.push({ level, message: text, ...fields }),
  });
  return { handler, lines };
}

describe("a late disconnect", () => {
  test.each([
    [true, "banned user disconnected"],
    [false, "ban is over"],
  ])("is done, or found to be needless: %s", async (isBanned, said) => {
    const asked: LateDisconnect[] = [];
    const { handler, lines } = run(async (one) => {
      asked.push(one);
      return isBanned;
    });
    expect(await handler({ Records: [message("1", late)] })).toEqual({ batchItemFailures: [] });
    expect(asked).toEqual([late]);
    expect(lines).toEqual([{ level: "info", message: said, roomArn: "arn:room", userId: "viewer" }]);
  });

  test("that fails comes back alone, and its line has no more than ids", async () => {
    const { handler, lines } = run(async ({ userId }) => {
      if (userId === "other") throw new TypeError("a secret");
      return true;
    });
    const Records = [message("1", late), message("2", { ...late, userId: "other" })];
    expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
    expect(lines).toContainEqual({
      ...{ level: "error", message: "banned user not disconnected" },
      ...{ roomArn: "arn:room", userId: "other", error: "TypeError" },
    });
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  test.each(["no JSON", "null", "{}", '{"ownerSub":"o","roomArn":"","userId":"u"}'])(
    "of a strange message comes back: %s",
    async (body) => {
      const { handler, lines } = run(async () => true);
      expect(await handler({ Records: [{ messageId: "1", attributes, body }] })).toEqual({
        batchItemFailures: [{ itemIdentifier: "1" }],
      });
      expect(lines).toEqual([{ level: "error", message: "message not understood", messageId: "1" }]);
    },
  );
});
