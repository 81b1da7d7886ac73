import {
  CreateAdConfigurationCommand,
  DeleteAdConfigurationCommand,
  GetAdConfigurationCommand,
  ListAdConfigurationsCommand,
  UpdateAdConfigurationCommand,
} from "@aws-sdk/client-ivs";
import { expect, test } from "vitest";
import { refusalOf, startIvs } from "./fixture.ts";

const adServer = (name: string) => ({
  playbackConfigurationArn: `arn:aws:mediatailor:eu-west-1:000000000000:playbackConfiguration/${name}`,
});

test("an ad configuration is created, changed in part, listed and deleted", async () => {
  const { ivs } = await startIvs();
  const mediaTailorPlaybackConfigurations = [adServer("first")];
  const { adConfiguration } = await ivs.send(new CreateAdConfigurationCommand({ mediaTailorPlaybackConfigurations }));
  expect(adConfiguration).toEqual({
    arn: expect.stringMatching(/:ad-configuration\/[A-Za-z0-9]{12}$/),
    name: "",
    mediaTailorPlaybackConfigurations,
    postRollConfiguration: { enabled: false, durationSeconds: 15 },
    tags: {},
  });
  const arn = adConfiguration?.arn;
  const renamed = { ...adConfiguration, name: "breaks" };
  expect((await ivs.send(new UpdateAdConfigurationCommand({ arn, name: "breaks" }))).adConfiguration).toEqual(renamed);
  expect((await ivs.send(new GetAdConfigurationCommand({ arn }))).adConfiguration).toEqual(renamed);
  expect((await ivs.send(new ListAdConfigurationsCommand({}))).adConfigurations).toEqual([renamed]);
  expect((await ivs.send(new DeleteAdConfigurationCommand({ arn }))).$metadata.httpStatusCode).toBe(204);
  expect(await refusalOf(ivs.send(new GetAdConfigurationCommand({ arn })))).toMatchObject({ status: 404 });
});

test("an ad configuration that a channel uses cannot be deleted", async () => {
  const { ivs, createChannel } = await startIvs();
  const mediaTailorPlaybackConfigurations = [adServer("ads")];
  const { adConfiguration } = await ivs.send(new CreateAdConfigurationCommand({ mediaTailorPlaybackConfigurations }));
  const arn = adConfiguration?.arn;
  const channel = await createChannel({ adConfigurationArn: arn });
  expect(await refusalOf(ivs.send(new DeleteAdConfigurationCommand({ arn })))).toEqual({
    name: "ConflictException",
    status: 409,
    message: `Resource: ${arn} is in use by channel ${channel.arn}`,
  });
});
