import { CloudWatchClient, GetMetricStatisticsCommand, type Statistic } from "@aws-sdk/client-cloudwatch";
import { SendMessageRequest } from "amazon-ivs-chat-messaging";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ACCOUNT, REGION } from "../clients/emulator.ts";
import { type ChatCloud, startChatCloud } from "./fixture.ts";

const MISSING = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:missing`;

let cloud: ChatCloud;
beforeAll(async () => {
  cloud = await startChatCloud({ metricsMilliseconds: 200 });
});
afterAll(() => cloud?.[Symbol.asyncDispose]());

it("counts connections, requests, deliveries and failed reviews of all rooms together", async () => {
  const cloudWatch = new CloudWatchClient(cloud.emulator.options);
  const handled = { messageReviewHandler: { uri: MISSING } };
  const rooms = [await cloud.createRoom(), await cloud.createRoom(handled)];
  const [one, two, three] = await Promise.all(
    [rooms[0], rooms[0], rooms[1]].map((room = "", index) => cloud.enter(room, `viewer-${index}`)),
  );
  await one?.room.sendMessage(new SendMessageRequest("to two"));
  await two?.room.sendMessage(new SendMessageRequest("to two"));
  await three?.room.sendMessage(new SendMessageRequest("to one"));

  const statistic = async (MetricName: string, name: Statistic, uri?: string) => {
    const { Datapoints = [] } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: "AWS/IVSChat",
        MetricName,
        Dimensions: uri ? [{ Name: "Uri", Value: uri }] : [],
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 3_600_000),
        Period: 60,
        Statistics: [name],
      }),
    );
    const values = Datapoints.map((point) => point[name as "Sum" | "Maximum"] ?? 0);
    return name === "Maximum" ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0);
  };
  const measured = async () => ({
    connections: await statistic("ConcurrentChatConnections", "Maximum"),
    requests: await statistic("MessagingRequests", "Sum"),
    deliveries: await statistic("MessagingDeliveries", "Sum"),
    failures: await statistic("InvocationErrors", "Sum", MISSING),
  });
  await expect
    .poll(measured, { timeout: 10_000, interval: 200 })
    .toEqual({ connections: 3, requests: 3, deliveries: 5, failures: 1 });
});
