import { describe, expect, test } from "vitest";
import { createChatMetrics } from "#local/ivschat/metrics.ts";

const room = "arn:aws:ivschat:eu-west-1:000000000000:room/AAAAAAAAAAAA";
const neighbour = "arn:aws:ivschat:eu-west-1:000000000000:room/BBBBBBBBBBBB";
const elsewhere = "arn:aws:ivschat:us-west-2:111122223333:room/CCCCCCCCCCCC";
const handler = "arn:aws:lambda:eu-west-1:000000000000:function:review";

const count = (name: string, value: number, dimensions?: Record<string, string>) => ({
  ...{ name, value, unit: "Count" },
  ...(dimensions && { dimensions }),
});

describe("the metrics of chat", () => {
  test("are none where nothing happened", () => {
    expect(createChatMetrics().take()).toEqual([]);
  });

  test("add the rooms of an account and region together", () => {
    const metrics = createChatMetrics();
    for (const arn of [room, neighbour, elsewhere]) metrics.connected(arn);
    metrics.requested(room);
    metrics.delivered(room, 1);
    metrics.delivered(neighbour, 3);
    metrics.invocationFailed(room, handler);
    metrics.invocationFailed(neighbour, handler);
    expect(metrics.take()).toEqual([
      {
        accountId: "000000000000",
        region: "eu-west-1",
        values: [
          count("ConcurrentChatConnections", 2),
          count("MessagingRequests", 1),
          count("MessagingDeliveries", 4),
          count("InvocationErrors", 2, { Uri: handler }),
        ],
      },
      {
        accountId: "111122223333",
        region: "us-west-2",
        values: [count("ConcurrentChatConnections", 1), count("MessagingRequests", 0), count("MessagingDeliveries", 0)],
      },
    ]);
  });

  test("tell the most connections since the last time, and go on counting those that are there", () => {
    const metrics = createChatMetrics();
    const most = () => metrics.take().map(({ values }) => values[0]?.value);
    metrics.connected(room);
    metrics.connected(room);
    metrics.disconnected(room);
    expect(most()).toEqual([2]);
    expect(most()).toEqual([1]);
    metrics.disconnected(room);
    expect(most()).toEqual([1]);
    expect(most()).toEqual([]);
  });
});
