import { expect, test } from "vitest";
import { readLocalStatus } from "#cli/status/local-status.ts";

test("a part whose certificate is gone, as while the cloud ends, is down", async () => {
  const endpoint = "http://127.0.0.1:1";
  const place = { endpoint, region: "us-west-2", accountId: "000000000000", pid: 1 };
  const rtmpsUrl = "rtmps://127.0.0.1:1/app";
  const { parts } = await readLocalStatus({
    ...{ kind: "local", region: place.region, certificate: "/none/rtmps.pem" },
    ready: { ...place, rtmpsUrl },
  });
  expect(parts).toEqual([
    { name: "edge", state: "down", address: endpoint },
    { name: "rtmps", state: "down", address: rtmpsUrl },
  ]);
});
