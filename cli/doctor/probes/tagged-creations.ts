import { generateKeyPairSync } from "node:crypto";
import {
  CreateAdConfigurationCommand,
  CreateChannelCommand,
  CreatePlaybackRestrictionPolicyCommand,
  CreateRecordingConfigurationCommand,
  CreateStreamKeyCommand,
  ImportPlaybackKeyPairCommand,
} from "@aws-sdk/client-ivs";
import { CreateLoggingConfigurationCommand, CreateRoomCommand } from "@aws-sdk/client-ivschat";
import { type Lab, type Probe, refusalOf } from "./probe.ts";
import type { Session } from "./session.ts";
import { policyOf } from "./verdict.ts";

type Creation = (session: Session, lab: Lab) => Promise<unknown>;

const given = ({ name, tags }: Lab) => ({ name: `${name}-untaggable`, tags: { ...tags } });

/** How each operation makes something with tags, by its action. */
const creations: Readonly<Record<string, Creation>> = {
  "ivs:CreateChannel": ({ ivs }, lab) => ivs.send(new CreateChannelCommand({ ...given(lab), type: "BASIC" })),
  "ivs:CreateStreamKey": ({ ivs }, { stack, tags }) =>
    ivs.send(new CreateStreamKeyCommand({ channelArn: stack.channelArn, tags: { ...tags } })),
  "ivs:CreatePlaybackRestrictionPolicy": ({ ivs }, lab) =>
    ivs.send(new CreatePlaybackRestrictionPolicyCommand(given(lab))),
  "ivs:CreateRecordingConfiguration": ({ ivs }, lab) => {
    const destinationConfiguration = { s3: { bucketName: lab.stack.bucketName } };
    return ivs.send(new CreateRecordingConfigurationCommand({ ...given(lab), destinationConfiguration }));
  },
  "ivs:CreateAdConfiguration": ({ ivs }, lab) => {
    const [, , , region, account] = lab.stack.channelArn.split(":");
    const playbackConfigurationArn = `arn:aws:mediatailor:${region}:${account}:playbackConfiguration/${lab.name}`;
    const mediaTailorPlaybackConfigurations = [{ playbackConfigurationArn }];
    return ivs.send(new CreateAdConfigurationCommand({ ...given(lab), mediaTailorPlaybackConfigurations }));
  },
  "ivs:ImportPlaybackKeyPair": ({ ivs }, lab) => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const publicKeyMaterial = publicKey.export({ type: "spki", format: "pem" }).toString();
    return ivs.send(new ImportPlaybackKeyPairCommand({ ...given(lab), publicKeyMaterial }));
  },
  "ivschat:CreateRoom": ({ chat }, lab) => chat.send(new CreateRoomCommand(given(lab))),
  "ivschat:CreateLoggingConfiguration": ({ chat }, lab) => {
    const destinationConfiguration = { s3: { bucketName: lab.stack.bucketName } };
    return chat.send(new CreateLoggingConfigurationCommand({ ...given(lab), destinationConfiguration }));
  },
};

/** Whether making something with tags takes the right to tag, too. Another right may be missing where AWS names it. */
export const taggedCreations: readonly Probe[] = Object.entries(creations).map(([action, create]) => ({
  place: "local/service-model/permissions.ts",
  fact: `${action} with tags needs TagResource, too`,
  run: async (lab) => {
    using session = await lab.as(policyOf({ actions: [action] }));
    const refused = await refusalOf(create(session, lab));
    if (refused?.name !== "AccessDeniedException") {
      return { agrees: false, seen: refused === undefined ? "made without" : `let through: ${refused.name}` };
    }
    const { message, exceptionMessage = message } = refused as { message: string; exceptionMessage?: string };
    const [named = "an action that it does not name"] = /[a-z0-9-]+:[A-Z]\w+/.exec(exceptionMessage) ?? [];
    return { agrees: named.endsWith(":TagResource") ? true : undefined, seen: `denied for ${named}` };
  },
}));
