import { afterAll, describe, expect, test } from "vitest";
import { createIvs } from "#local/ivs/service.ts";
import { createIvsChat } from "#local/ivschat/service.ts";
import { loadModel, type ServiceModel } from "#local/service-model/model.ts";
import { checkAnswer, validate } from "#local/service-model/validate.ts";
import { sendRaw, serveServices } from "../../support/service-server.ts";
import { type Samples, sampleOf, violationsOf } from "../../support/violations.ts";

const server = await serveServices(createIvs(), createIvsChat());
afterAll(() => server[Symbol.asyncDispose]());

const ivsArn = (type: string) => `arn:aws:ivs:eu-west-1:000000000000:${type}/AbCdEf123456`;
const chatArn = (type: string) => `arn:aws:ivschat:eu-west-1:000000000000:${type}/AbCdEf123456`;

const ivsSamples: Samples = {
  ChannelArn: ivsArn("channel"),
  StreamKeyArn: ivsArn("stream-key"),
  ResourceArn: ivsArn("channel"),
  RecordingConfigurationArn: ivsArn("recording-configuration"),
  ChannelRecordingConfigurationArn: ivsArn("recording-configuration"),
  PlaybackKeyPairArn: ivsArn("playback-key"),
  PlaybackRestrictionPolicyArn: ivsArn("playback-restriction-policy"),
  ChannelPlaybackRestrictionPolicyArn: ivsArn("playback-restriction-policy"),
  AdConfigurationArn: ivsArn("ad-configuration"),
  ChannelAdConfigurationArn: ivsArn("ad-configuration"),
  MediaTailorPlaybackConfigurationArn: "arn:aws:mediatailor:eu-west-1:000000000000:playbackConfiguration/ads",
  StreamId: "st-1A2b3C4d5E6f7G8h9I0jKlm",
};

const chatSamples: Samples = {
  RoomIdentifier: chatArn("room"),
  ResourceArn: chatArn("room"),
  LoggingConfigurationIdentifier: chatArn("logging-configuration"),
  LambdaArn: "arn:aws:lambda:eu-west-1:000000000000:function:review",
};

const services: readonly [ServiceModel, Samples][] = [
  [loadModel("ivs"), ivsSamples],
  [loadModel("ivschat"), chatSamples],
];

describe.each(services.map(([model, samples]) => ({ name: model.service, model, samples })))("$name", (service) => {
  const { model, samples } = service;

  const refusal = async (operation: string, input: unknown) => {
    const answer = await sendRaw(server, model, operation, input as Record<string, unknown>);
    const shapeProblems = checkAnswer(model, "ValidationException", answer.body);
    return { ...answer, shapeProblems };
  };

  test.each(Object.keys(model.operations))("%s refuses each input that breaks one rule of the model", async (name) => {
    const { input: shape = "" } = model.operations[name] ?? {};
    const good = sampleOf(model, shape, samples);
    expect(validate(model, shape, good)).toEqual([]);
    for (const { path, rule, value } of violationsOf(model, shape, samples)) {
      // A body that is no object is refused before its members are looked at.
      if (path === "") continue;
      const { status, errorType, body, shapeProblems } = await refusal(name, value);
      const what = `${name}: ${rule} of ${path}`;
      expect([what, status, errorType]).toEqual([what, 400, "ValidationException"]);
      expect([what, JSON.stringify(body)]).toEqual([what, expect.stringContaining(`Value at '${path}' failed`)]);
      expect([what, shapeProblems]).toEqual([what, []]);
    }
  });

  test("every kind of rule of the model is broken at least once", () => {
    const broken = Object.values(model.operations).flatMap(({ input }) => [...violationsOf(model, input, samples)]);
    expect(new Set(broken.map(({ rule }) => rule))).toEqual(
      new Set(["required", "type", "min", "max", "pattern", "enum"]),
    );
    expect(broken.length).toBeGreaterThan(150);
  });

  test("a body that is not a JSON object is refused", async () => {
    const [name = ""] = Object.keys(model.operations).filter((each) => each.startsWith("Create"));
    const { credentials, region, endpoint } = server.client();
    const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/${model.service}/aws4_request`;
    for (const body of ["[]", '"text"', "5", "{", "\u0000"]) {
      const answer = await fetch(`${endpoint}/${name}`, { method: "POST", body, headers: { authorization } });
      expect([body, answer.status]).toEqual([body, 400]);
      expect(answer.headers.get("x-amzn-errortype")).toBe("ValidationException");
    }
  });
});
