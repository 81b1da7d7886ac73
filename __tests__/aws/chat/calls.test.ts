import type { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { chatEndpoint } from "#aws/chat/endpoint.ts";
import { createLateDisconnects, disconnectDelays } from "#aws/chat/late-disconnects.ts";

const late = { ownerSub: "owner", roomArn: "arn:room", userId: "viewer" };

/** A client that answers without a network. */
function queue(Failed: readonly object[] = []) {
  const sent: SendMessageBatchCommand["input"][] = [];
  const client = {
    send: async ({ input }: SendMessageBatchCommand) => {
      sent.push(input);
      return { Failed };
    },
  } as unknown as SQSClient;
  return { sent, queue: createLateDisconnects(client, "https://queue") };
}

describe("where chat clients connect", () => {
  test("is the service's address in the function's region", () => {
    expect(chatEndpoint({ AWS_REGION: "eu-west-1" })).toBe("wss://edge.ivschat.eu-west-1.amazonaws.com");
  });

  test("is what a variable says, as for the SDK's own calls", () => {
    const environment = { AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL_IVSCHAT_MESSAGING: "ws://127.0.0.1:4566/chat" };
    expect(chatEndpoint(environment)).toBe("ws://127.0.0.1:4566/chat");
  });
});

describe("a late disconnect", () => {
  test("is done again soon, and after every token from before the ban has run out", async () => {
    const { sent, queue: disconnects } = queue();
    await disconnects.schedule(late);
    expect(sent[0]?.Entries?.map(({ DelaySeconds }) => DelaySeconds)).toEqual([20, 40, 70]);
    expect(sent[0]?.Entries?.map(({ MessageBody }) => JSON.parse(String(MessageBody)))).toEqual([late, late, late]);
    // A token can be used for a minute, and the function that made it may have taken ten seconds.
    expect(Math.max(...disconnectDelays)).toBeGreaterThanOrEqual(70);
  });

  test("that the queue did not take is an error", async () => {
    const { queue: disconnects } = queue([{ Code: "InternalError" }]);
    await expect(disconnects.schedule(late)).rejects.toThrow("SendMessageBatch left out 1: InternalError");
  });
});
