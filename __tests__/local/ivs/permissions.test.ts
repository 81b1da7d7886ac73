import { GetChannelCommand } from "@aws-sdk/client-ivs";
import { describe, expect, test } from "vitest";
import { ivsPermissions } from "#local/ivs/permissions.ts";
import type { Ivs } from "#local/ivs/service.ts";
import { loadModel } from "#local/service-model/model.ts";
import { refusalOf, startIvs } from "./fixture.ts";

const everyOf = (type: string) => `arn:aws:ivs:eu-west-1:000000000000:${type}/*`;

const asked = (service: Ivs, operation: string, input: object, path = `/${operation}`, method = "POST") => {
  const [target = "", query] = path.split("?");
  return service.permissions({
    id: "1",
    method,
    path: target,
    query: new URLSearchParams(query),
    headers: {},
    body: Buffer.from(JSON.stringify(input)),
    accountId: "000000000000",
    region: "eu-west-1",
  });
};

describe("the permissions that a request asks for", () => {
  test("creating asks for every resource type that comes into being", async () => {
    const { service } = await startIvs();
    expect(asked(service, "CreateChannel", {})).toEqual([
      { action: "ivs:CreateChannel", resource: everyOf("channel"), context: {} },
      { action: "ivs:CreateChannel", resource: everyOf("stream-key"), context: {} },
    ]);
  });

  test("creating with tags shows them, and asks for the right to tag", async () => {
    const { service } = await startIvs();
    const context = { "aws:RequestTag/project": "onair", "aws:TagKeys": ["project"] };
    expect(
      asked(service, "CreateRecordingConfiguration", {
        destinationConfiguration: { s3: { bucketName: "recordings" } },
        tags: { project: "onair" },
      }),
    ).toEqual([
      { action: "ivs:CreateRecordingConfiguration", resource: everyOf("recording-configuration"), context },
      { action: "ivs:TagResource", resource: everyOf("recording-configuration"), context },
    ]);
  });

  test("an existing resource shows its tags", async () => {
    const { service, createChannel } = await startIvs();
    const { arn } = await createChannel({ tags: { project: "onair", owner: "alice" } });
    const context = { "aws:ResourceTag/project": "onair", "aws:ResourceTag/owner": "alice" };
    for (const operation of ["GetChannel", "UpdateChannel"]) {
      expect(asked(service, operation, { arn })).toEqual([{ action: `ivs:${operation}`, resource: arn, context }]);
    }
    expect(asked(service, "PutMetadata", { channelArn: arn, metadata: "quiz" })).toEqual([
      { action: "ivs:PutMetadata", resource: arn, context },
    ]);
  });

  test("a resource that does not exist shows none", async () => {
    const { service } = await startIvs();
    const arn = "arn:aws:ivs:eu-west-1:000000000000:channel/NoSuchOne123";
    expect(asked(service, "GetChannel", { arn })).toEqual([{ action: "ivs:GetChannel", resource: arn, context: {} }]);
  });

  test("a batch asks for each of its resources", async () => {
    const { service, createChannel } = await startIvs();
    const { arn } = await createChannel({ tags: { project: "onair" } });
    const other = "arn:aws:ivs:eu-west-1:000000000000:channel/NoSuchOne123";
    expect(asked(service, "BatchGetChannel", { arns: [arn, other] })).toEqual([
      { action: "ivs:BatchGetChannel", resource: arn, context: { "aws:ResourceTag/project": "onair" } },
      { action: "ivs:BatchGetChannel", resource: other, context: {} },
    ]);
    const viewerSessions = [{ channelArn: other, viewerId: "viewer" }];
    expect(asked(service, "BatchStartViewerSessionRevocation", { viewerSessions })).toEqual([
      { action: "ivs:BatchStartViewerSessionRevocation", resource: other, context: {} },
    ]);
  });

  test("listing asks for the type, or for everything where the action has none", async () => {
    const { service } = await startIvs();
    expect(asked(service, "ListChannels", {})).toMatchObject([{ resource: everyOf("channel") }]);
    expect(asked(service, "ListPlaybackRestrictionPolicies", {})).toMatchObject([{ resource: "*" }]);
  });

  test("tagging shows both the new tags and those that are there", async () => {
    const { service, createChannel } = await startIvs();
    const { arn } = await createChannel({ tags: { project: "onair" } });
    const path = `/tags/${encodeURIComponent(arn)}`;
    expect(asked(service, "TagResource", { tags: { owner: "bob" } }, path)).toEqual([
      {
        action: "ivs:TagResource",
        resource: arn,
        context: { "aws:ResourceTag/project": "onair", "aws:RequestTag/owner": "bob", "aws:TagKeys": ["owner"] },
      },
    ]);
    expect(asked(service, "UntagResource", {}, `${path}?tagKeys=owner&tagKeys=x`, "DELETE")).toEqual([
      {
        action: "ivs:UntagResource",
        resource: arn,
        context: { "aws:ResourceTag/project": "onair", "aws:TagKeys": ["owner", "x"] },
      },
    ]);
  });

  test("are none for a request that is refused anyway", async () => {
    const { service, ivs } = await startIvs();
    expect(asked(service, "GetChannel", { arn: "alice" })).toEqual([]);
    expect(asked(service, "GetChannel", {})).toEqual([]);

    expect(await refusalOf(ivs.send(new GetChannelCommand({ arn: "alice" })))).toMatchObject({ status: 400 });
  });

  test("exist for every operation", async () => {
    const { service } = await startIvs();

    expect(Object.keys(ivsPermissions).sort()).toEqual(Object.keys(loadModel("ivs").operations).sort());
    for (const rules of Object.values(ivsPermissions)) expect(rules.length).toBeGreaterThan(0);
    expect(service.name).toBe("ivs");
  });
});
