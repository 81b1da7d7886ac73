import { describe, expect, it } from "vitest";
import { Controlled, POLICY, patch, RECORDING, recording, state } from "./fixture.ts";

const ABSENT = "arn:aws:ivs:eu-west-1:000000000000:recording-configuration/abcdefabcdef";

describe("a resource", () => {
  it("is under way until it has settled, and has its ARN as identifier", async () => {
    const cloud = new Controlled();
    const { ProgressEvent } = (await cloud.call("CreateResource", state(RECORDING, recording))) as never;
    const { RequestToken } = ProgressEvent as { RequestToken: string };
    expect(ProgressEvent).toEqual({
      TypeName: RECORDING,
      RequestToken,
      Operation: "CREATE",
      OperationStatus: "IN_PROGRESS",
      EventTime: cloud.time / 1000,
    });
    expect(await cloud.call("GetResourceRequestStatus", { RequestToken })).toEqual({ ProgressEvent });
    cloud.time += 500;
    expect(await cloud.call("GetResourceRequestStatus", { RequestToken })).toEqual({
      ProgressEvent: {
        ...(ProgressEvent as object),
        OperationStatus: "SUCCESS",
        Identifier: expect.stringMatching(/^arn:aws:ivs:eu-west-1:000000000000:recording-configuration\/\w{12}$/),
      },
    });
  });

  it("is shown with all that IVS knows of it, in CloudFormation's names", async () => {
    const cloud = new Controlled();
    const arn = await cloud.create(RECORDING, recording);
    expect(await cloud.properties(RECORDING, arn)).toEqual({
      ...recording,
      Arn: arn,
      State: "ACTIVE",
      RecordingReconnectWindowSeconds: 0,
    });
    expect(await cloud.call("ListResources", { TypeName: RECORDING })).toEqual({
      TypeName: RECORDING,
      ResourceDescriptions: [{ Identifier: arn, Properties: JSON.stringify({ Arn: arn }) }],
    });
  });

  it("is what IVS itself answers", async () => {
    const cloud = new Controlled();
    const arn = await cloud.create(POLICY, { AllowedOrigins: ["https://example.com"] });
    expect(cloud.ivs.state.in("000000000000", "eu-west-1").playbackRestrictionPolicies.get(arn)).toMatchObject({
      allowedOrigins: ["https://example.com"],
      enableStrictOriginEnforcement: false,
    });
  });

  it("is gone after a deletion", async () => {
    const cloud = new Controlled();
    const Identifier = await cloud.create(RECORDING, recording);
    const deleted = await cloud.ended("DeleteResource", { TypeName: RECORDING, Identifier });
    expect(deleted).toMatchObject({ Operation: "DELETE", OperationStatus: "SUCCESS", Identifier });
    expect(await cloud.properties(RECORDING, Identifier)).toBe(
      `ResourceNotFoundException: Resource of type '${RECORDING}' with identifier '${Identifier}' was not found.`,
    );
  });

  it("is made once for one token of a client", async () => {
    const cloud = new Controlled();
    const asked = { ...state(RECORDING, recording), ClientToken: "once" };
    const [one, other] = [await cloud.ended("CreateResource", asked), await cloud.ended("CreateResource", asked)];
    expect(other).toEqual(one);
    expect(await cloud.call("CreateResource", { ...state(POLICY, {}), ClientToken: "once" })).toBe(
      "ClientTokenConflictException: ClientToken once was used by another request",
    );
  });

  it("is there after a restart, and so are the tokens of requests", async () => {
    const [before, after] = [new Controlled(), new Controlled()];
    const { RequestToken } = await before.ended("CreateResource", state(RECORDING, recording));
    after.ivs.restore(JSON.parse(JSON.stringify(before.ivs.save())));
    after.service.restore(JSON.parse(JSON.stringify(before.service.save())));
    after.time = before.time;
    expect(await after.call("GetResourceRequestStatus", { RequestToken })).toMatchObject({
      ProgressEvent: { OperationStatus: "SUCCESS" },
    });
  });

  it("keeps no token of a request longer than a week", async () => {
    const cloud = new Controlled();
    const { RequestToken } = await cloud.ended("CreateResource", state(POLICY, {}));
    cloud.time += 8 * 24 * 60 * 60 * 1000;
    await cloud.ended("CreateResource", state(POLICY, {}));
    expect(await cloud.call("GetResourceRequestStatus", { RequestToken })).toBe(
      `RequestTokenNotFoundException: Request with token ${RequestToken} was not found.`,
    );
  });
});

describe("an update", () => {
  it("writes and removes tags", async () => {
    const cloud = new Controlled();
    const Tags = ["a", "b", "c"].map((Key) => ({ Key, Value: "1" }));
    const arn = await cloud.create(RECORDING, { ...recording, Tags });
    const change = patch(
      RECORDING,
      arn,
      { op: "replace", path: "/Tags/1/Value", value: "2" },
      { op: "remove", path: "/Tags/0" },
      { op: "add", path: "/Tags/2", value: { Key: "d", Value: "3" } },
    );
    expect(await cloud.ended("UpdateResource", change)).toMatchObject({
      Operation: "UPDATE",
      OperationStatus: "SUCCESS",
    });
    expect(await cloud.properties(RECORDING, arn)).toMatchObject({
      Tags: [
        { Key: "b", Value: "2" },
        { Key: "c", Value: "1" },
        { Key: "d", Value: "3" },
      ],
    });
  });

  it("changes a policy, and takes back what is no longer said", async () => {
    const cloud = new Controlled();
    const arn = await cloud.create(POLICY, { AllowedCountries: ["DE"], AllowedOrigins: ["https://example.com"] });
    await cloud.ended(
      "UpdateResource",
      patch(
        POLICY,
        arn,
        { op: "remove", path: "/AllowedCountries" },
        { op: "replace", path: "/AllowedOrigins/0", value: "https://example.org" },
      ),
    );
    expect(await cloud.properties(POLICY, arn)).toMatchObject({
      AllowedCountries: [],
      AllowedOrigins: ["https://example.org"],
    });
  });

  it("of what is only given when it is made is refused", async () => {
    const cloud = new Controlled();
    const arn = await cloud.create(RECORDING, recording);
    const change = { op: "replace", path: "/RenditionConfiguration/Renditions/0", value: "SD" };
    expect(await cloud.call("UpdateResource", patch(RECORDING, arn, change))).toBe(
      "NotUpdatableException: Invalid patch update: createOnlyProperties [/properties/RenditionConfiguration] cannot be updated",
    );
    expect(await cloud.call("UpdateResource", patch(RECORDING, arn, { op: "remove", path: "/State" }))).toBe(
      "ValidationException: Invalid patch update: readOnlyProperties [/properties/State] cannot be updated",
    );
  });

  it("of what is not there is refused", async () => {
    const cloud = new Controlled();
    expect(await cloud.call("UpdateResource", patch(RECORDING, ABSENT))).toContain("ResourceNotFoundException");
    const arn = await cloud.create(RECORDING, recording);
    expect(await cloud.call("UpdateResource", patch(RECORDING, arn, { op: "remove", path: "/Tags/7" }))).toBe(
      "InvalidRequestException: The patch does not apply at /Tags/7",
    );
  });
});

describe("what is refused at once", () => {
  it.each([
    [state("AWS::IVS::Channel", {}), "TypeNotFoundException: The type 'AWS::IVS::Channel' cannot be found."],
    [state(RECORDING, []), "InvalidRequestException: DesiredState is not an object"],
    [{ TypeName: RECORDING, DesiredState: "{" }, "InvalidRequestException: DesiredState is not JSON"],
    [
      state(RECORDING, {}),
      "ValidationException: Model validation failed (#/DestinationConfiguration: Member must not be null)",
    ],
    [
      state(RECORDING, { ...recording, Colour: "red" }),
      "ValidationException: Model validation failed (#/Colour: Member is not in the model)",
    ],
    [
      state(RECORDING, { ...recording, State: "ACTIVE" }),
      "ValidationException: Model validation failed (readOnlyProperties [/properties/State] cannot be given)",
    ],
    [
      state(RECORDING, { ...recording, Tags: [...recording.Tags, ...recording.Tags] }),
      "ValidationException: Model validation failed (#/Tags: must be a list of keys and values)",
    ],
    [
      { ...state(POLICY, {}), RoleArn: "arn:aws:iam::1:role/other" },
      "ValidationException: The local cloud takes no RoleArn.",
    ],
    ["nothing", "SerializationException: The request body is not a JSON object"],
  ])("%j", async (input, refusal) => {
    expect(await new Controlled().call("CreateResource", input)).toBe(refusal);
  });

  it("an operation that the local cloud does not have", async () => {
    expect(await new Controlled().call("CancelResourceRequest", {})).toBe(
      "UnknownOperationException: The local cloud has no operation CloudApiService.CancelResourceRequest of Cloud Control.",
    );
  });
});

describe("what IVS refuses ends the request", () => {
  it("an input against a rule of the service", async () => {
    const broken = { ...recording, RenditionConfiguration: { RenditionSelection: "CUSTOM" } };
    expect(await new Controlled().ended("CreateResource", state(RECORDING, broken))).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "InvalidRequest",
      StatusMessage: expect.stringContaining("Must name at least one rendition if renditionSelection is CUSTOM"),
    });
  });

  it("a bucket elsewhere, where the service only finds it later", async () => {
    const cloud = new Controlled({ bucketRegion: async () => "eu-central-1" });
    const request = { ...cloud.request("CreateResource", state(RECORDING, recording)), region: "us-east-1" };
    const begun = (await cloud.service.handle(request)).body as { ProgressEvent: { RequestToken: string } };
    cloud.time += 500;
    const { RequestToken } = begun.ProgressEvent;
    const asked = { ...cloud.request("GetResourceRequestStatus", { RequestToken }), region: "us-east-1" };
    expect((await cloud.service.handle(asked)).body).toMatchObject({
      ProgressEvent: { OperationStatus: "FAILED", ErrorCode: "NotStabilized" },
    });
  });

  it("one more than the account may have", async () => {
    const cloud = new Controlled({ quotas: { recordingConfigurations: 0 } });
    expect(await cloud.ended("CreateResource", state(RECORDING, recording))).toMatchObject({
      ErrorCode: "ServiceLimitExceeded",
    });
  });

  it("the deletion of what a channel uses, and of what is not there", async () => {
    const cloud = new Controlled();
    const arn = await cloud.create(RECORDING, recording);
    const input = { name: "stage", recordingConfigurationArn: arn };
    const made = { ...cloud.request("", input), headers: {}, path: "/CreateChannel" };
    expect((await cloud.ivs.handle(made)).status).toBe(200);
    const ended = await cloud.ended("DeleteResource", { TypeName: RECORDING, Identifier: arn });
    expect(ended).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "ResourceConflict" });
    expect(await cloud.ended("DeleteResource", { TypeName: RECORDING, Identifier: ABSENT })).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "NotFound",
    });
  });
});

it("many at once are made one by one, as the service's rate allows", async () => {
  const cloud = new Controlled({ now: Date.now, rates: { CreatePlaybackRestrictionPolicy: [{ perSecond: 3 }] } });
  cloud.time = Date.now();
  const made = await Promise.all([1, 2, 3, 4].map(() => cloud.ended("CreateResource", state(POLICY, {}))));
  expect(made.map(({ OperationStatus }) => OperationStatus)).toEqual(Array(4).fill("SUCCESS"));
});

describe("what the caller must be allowed", () => {
  const asked = (cloud: Controlled, operation: string, input: unknown) =>
    cloud.service
      .permissions(cloud.request(operation, input))
      .map(({ action, resource }) => `${action} ${resource.replace("arn:aws:ivs:eu-west-1:000000000000:", "")}`);

  it("is Cloud Control's action, and those of IVS that it comes to", async () => {
    const cloud = new Controlled();
    expect(asked(cloud, "CreateResource", state(RECORDING, recording))).toEqual([
      "cloudformation:CreateResource *",
      "ivs:CreateRecordingConfiguration recording-configuration/*",
      "ivs:TagResource recording-configuration/*",
    ]);
    const arn = await cloud.create(RECORDING, recording);
    const own = arn.split(":").at(-1);
    const Identifier = arn;
    expect(asked(cloud, "GetResource", { TypeName: RECORDING, Identifier })).toEqual([
      "cloudformation:GetResource *",
      `ivs:GetRecordingConfiguration ${own}`,
    ]);
    const change = patch(RECORDING, arn, { op: "replace", path: "/Tags/0/Key", value: "crew" });
    expect(asked(cloud, "UpdateResource", change)).toEqual([
      "cloudformation:UpdateResource *",
      `ivs:GetRecordingConfiguration ${own}`,
      `ivs:UntagResource ${own}`,
      `ivs:TagResource ${own}`,
    ]);
    expect(asked(cloud, "DeleteResource", { TypeName: RECORDING, Identifier })).toEqual([
      "cloudformation:DeleteResource *",
      `ivs:DeleteRecordingConfiguration ${own}`,
    ]);
    expect(asked(cloud, "ListResources", { TypeName: POLICY })).toEqual([
      "cloudformation:ListResources *",
      "ivs:ListPlaybackRestrictionPolicies *",
    ]);
  });

  it("is Cloud Control's action even where the request is refused", () => {
    expect(asked(new Controlled(), "CreateResource", state("AWS::IVS::Channel", {}))).toEqual([
      "cloudformation:CreateResource *",
    ]);
  });
});
