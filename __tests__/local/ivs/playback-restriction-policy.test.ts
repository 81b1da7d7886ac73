import {
  CreatePlaybackRestrictionPolicyCommand,
  DeletePlaybackRestrictionPolicyCommand,
  GetPlaybackRestrictionPolicyCommand,
  ListPlaybackRestrictionPoliciesCommand,
  UpdatePlaybackRestrictionPolicyCommand,
} from "@aws-sdk/client-ivs";
import { expect, test } from "vitest";
import { refusalOf, startIvs } from "./fixture.ts";

test("a new restriction policy allows everything unless told otherwise", async () => {
  const { ivs } = await startIvs();
  const { playbackRestrictionPolicy } = await ivs.send(new CreatePlaybackRestrictionPolicyCommand({}));
  expect(playbackRestrictionPolicy).toEqual({
    arn: expect.stringMatching(/:playback-restriction-policy\/[A-Za-z0-9]{12}$/),
    name: "",
    allowedCountries: [],
    allowedOrigins: [],
    enableStrictOriginEnforcement: false,
    tags: {},
  });
});

test("updating changes only what the request names", async () => {
  const { ivs } = await startIvs();
  const given = { allowedCountries: ["DE", "FR"], allowedOrigins: ["https://example.com"], name: "europe" };
  const created = await ivs.send(new CreatePlaybackRestrictionPolicyCommand(given));
  const arn = created.playbackRestrictionPolicy?.arn;
  await ivs.send(new UpdatePlaybackRestrictionPolicyCommand({ arn, allowedCountries: ["DE"] }));
  const { playbackRestrictionPolicy } = await ivs.send(new GetPlaybackRestrictionPolicyCommand({ arn }));
  expect(playbackRestrictionPolicy).toMatchObject({ ...given, allowedCountries: ["DE"] });
});

test.each([
  [{ allowedCountries: ["de"] }, "Must be ISO 3166-1 alpha-2 country codes"],
  [{ allowedCountries: ["XX"] }, "Must be ISO 3166-1 alpha-2 country codes"],
  [{ allowedOrigins: ["example.com"] }, "Must be valid values of the Origin header, for example https://example.com"],
  [{ allowedOrigins: ["https://example.com/path"] }, "Must be valid values of the Origin header"],
])("refuses %j", async (input, message) => {
  const { ivs } = await startIvs();
  expect(await refusalOf(ivs.send(new CreatePlaybackRestrictionPolicyCommand(input)))).toMatchObject({
    name: "ValidationException",
    status: 400,
    message: expect.stringContaining(message),
  });
});

test("a policy that a channel uses cannot be deleted", async () => {
  const { ivs, createChannel } = await startIvs();
  const { playbackRestrictionPolicy } = await ivs.send(new CreatePlaybackRestrictionPolicyCommand({}));
  const arn = playbackRestrictionPolicy?.arn;
  const channel = await createChannel({ playbackRestrictionPolicyArn: arn });
  expect(await refusalOf(ivs.send(new DeletePlaybackRestrictionPolicyCommand({ arn })))).toEqual({
    name: "ConflictException",
    status: 409,
    message: `Resource: ${arn} is in use by channel ${channel.arn}`,
  });
});

test("an unused policy is deleted with 204", async () => {
  const { ivs } = await startIvs();
  const { playbackRestrictionPolicy } = await ivs.send(new CreatePlaybackRestrictionPolicyCommand({}));
  const arn = playbackRestrictionPolicy?.arn;
  const { $metadata } = await ivs.send(new DeletePlaybackRestrictionPolicyCommand({ arn }));
  expect($metadata.httpStatusCode).toBe(204);
  expect(await refusalOf(ivs.send(new GetPlaybackRestrictionPolicyCommand({ arn })))).toMatchObject({ status: 404 });
});

test("a list pages by one where the request names no size", async () => {
  const { ivs } = await startIvs();
  for (const name of ["one", "two"]) await ivs.send(new CreatePlaybackRestrictionPolicyCommand({ name }));
  const first = await ivs.send(new ListPlaybackRestrictionPoliciesCommand({}));
  expect(first.playbackRestrictionPolicies).toHaveLength(1);
  const all = await ivs.send(new ListPlaybackRestrictionPoliciesCommand({ maxResults: 100 }));
  expect(all.playbackRestrictionPolicies).toHaveLength(2);
});
