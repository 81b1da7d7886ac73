import { createHash, generateKeyPairSync } from "node:crypto";
import {
  CreateChannelCommand,
  CreatePlaybackRestrictionPolicyCommand,
  GetChannelCommand,
  ImportPlaybackKeyPairCommand,
  ListChannelsCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-ivs";
import { GetRoomCommand } from "@aws-sdk/client-ivschat";
import { type Probe, refusalOf } from "./probe.ts";

/** What can be asked of IVS without a stream. */
export const onIvs: readonly Probe[] = [
  {
    place: "local/edge/engine-call.ts",
    fact: "an error of IVS has its words in exceptionMessage, and one of chat in message",
    run: async ({ ivs, chat }) => {
      const [account, region] = ["000000000000", await ivs.config.region()];
      const arn = `arn:aws:ivs:${region}:${account}:channel/AAAAAAAAAAAA`;
      const identifier = `arn:aws:ivschat:${region}:${account}:room/AAAAAAAAAAAA`;
      const channel = await refusalOf(ivs.send(new GetChannelCommand({ arn })));
      const room = await refusalOf(chat.send(new GetRoomCommand({ identifier })));
      const words = (channel as { exceptionMessage?: unknown } | undefined)?.exceptionMessage;
      return {
        agrees: typeof words === "string" && (room?.message ?? "") !== "",
        seen: `IVS: ${channel?.name}, exceptionMessage ${typeof words}; chat: ${room?.name}, ${room?.message ? "with" : "without"} a message`,
      };
    },
  },
  {
    place: "local/ivs/service.ts",
    fact: "an operation that does not exist is an UnknownOperationException",
    run: async ({ ivs }) => {
      const command = new GetChannelCommand({ arn: "none" });
      // Signed after it, so nothing else of the request is wrong.
      const elsewhere = { step: "build", name: "elsewhere", priority: "low" } as const;
      command.middlewareStack.add(
        (next) => (args) => next({ ...args, request: Object.assign(args.request as object, { path: "/GetNothing" }) }),
        elsewhere,
      );
      const refused = await refusalOf(ivs.send(command));
      return { agrees: refused?.name === "UnknownOperationException", seen: refused?.name ?? "taken" };
    },
  },
  {
    place: "local/ivs/channel.ts",
    fact: "an empty filter of ListChannels counts as none",
    run: async ({ ivs, name, tags }) => {
      await ivs.send(new CreateChannelCommand({ name, tags: { ...tags } }));
      const listed = ivs.send(new ListChannelsCommand({ filterByName: "", maxResults: 100 }));
      const refused = await refusalOf(listed);
      if (refused !== undefined) return { agrees: false, seen: `refused: ${refused.name}` };
      const { channels = [] } = await listed;
      return { agrees: channels.length > 0, seen: `${channels.length} channels are listed` };
    },
  },
  {
    place: "stacks/accounts/user-resources.ts",
    fact: "a channel's first stream key has no tags",
    run: async ({ ivs, name, tags }) => {
      const { streamKey } = await ivs.send(new CreateChannelCommand({ name: `${name}-key`, tags: { ...tags } }));
      const answer = await ivs.send(new ListTagsForResourceCommand({ resourceArn: streamKey?.arn }));
      const names = Object.keys(answer.tags ?? {});
      return { agrees: names.length === 0, seen: names.length === 0 ? "it has none" : `it has ${names.join(", ")}` };
    },
  },
  {
    place: "local/ivs/playback-key-pair.ts",
    fact: "the fingerprint of a playback key is the MD5 of its SPKI in DER",
    run: async ({ ivs, name, tags }) => {
      const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
      const publicKeyMaterial = publicKey.export({ type: "spki", format: "pem" }).toString();
      const imported = ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial, name, tags: { ...tags } }));
      const refused = await refusalOf(imported);
      if (refused !== undefined) return { agrees: undefined, seen: `there is no room for a key: ${refused.name}` };
      const { keyPair } = await imported;
      const digest = createHash("md5")
        .update(publicKey.export({ type: "spki", format: "der" }))
        .digest("hex");
      const expected = digest.replace(/..(?!$)/g, "$&:");
      return { agrees: keyPair?.fingerprint === expected, seen: `${keyPair?.fingerprint}, expected ${expected}` };
    },
  },
  {
    place: "local/ivs/rules.ts",
    fact: "origins of a restriction policy may begin with a wildcard",
    run: async ({ ivs, name, tags }) => {
      const policy = { allowedOrigins: ["https://*.example.com"], name, tags: { ...tags } };
      const refused = await refusalOf(ivs.send(new CreatePlaybackRestrictionPolicyCommand(policy)));
      return { agrees: refused === undefined, seen: refused === undefined ? "taken" : `refused: ${refused.name}` };
    },
  },
];
