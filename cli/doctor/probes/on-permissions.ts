import {
  CreateAdConfigurationCommand,
  CreateChannelCommand,
  InsertAdBreakCommand,
  PutMetadataCommand,
  UpdateChannelCommand,
} from "@aws-sdk/client-ivs";
import { CreateChatTokenCommand, CreateRoomCommand } from "@aws-sdk/client-ivschat";
import type { Lab, Probe, Seen } from "./probe.ts";
import type { Session } from "./session.ts";
import type { StackOutputs } from "./stack-outputs.ts";
import { taggedCreations } from "./tagged-creations.ts";
import { policyOf, verdictOf } from "./verdict.ts";

/** Runs something with no more rights than a function of the platform has. */
async function granted<Value>(
  lab: Lab,
  grant: keyof StackOutputs["grants"],
  work: (session: Session) => Promise<Value>,
): Promise<Value> {
  using session = await lab.as(lab.stack.grants[grant]);
  return work(session);
}

/** A pair of verdicts, what is granted and what is not. */
const edge = (own: string, other: string): Seen => ({
  agrees: own === "allowed" && other === "denied",
  seen: `its own ${own}, another ${other}`,
});

const ofUser = { "onair:user": "doctor" };

/** A channel that is no user's, or is one's. */
async function channelOf({ ivs, name, tags }: Lab, more: Readonly<Record<string, string>>): Promise<string> {
  const { channel } = await ivs.send(
    new CreateChannelCommand({ name: `${name}-edge`, type: "BASIC", tags: { ...tags, ...more } }),
  );
  return channel?.arn ?? "";
}

const usersPlace = "stacks/accounts/user-resources.ts";

/** What IAM lets a session do that has what a function of ours was granted, and what it does not. */
export const onPermissions: readonly Probe[] = [
  {
    place: usersPlace,
    fact: "with the grants of workers a channel and a room are made with the tags of their environment, and with no others",
    run: async (lab) => {
      const foreign = { ...lab.tags, "onair:environment": "another" };
      const verdicts = await granted(lab, "makeChannels", async ({ ivs }) => {
        const make = (tags: Lab["tags"]) =>
          ivs.send(new CreateChannelCommand({ name: `${lab.name}-made`, tags: { ...tags, ...ofUser } }));
        return [await verdictOf(make(lab.tags)), await verdictOf(make(foreign))];
      });
      const rooms = await granted(lab, "makeRooms", async ({ chat }) => {
        const make = (tags: Lab["tags"]) =>
          chat.send(new CreateRoomCommand({ name: `${lab.name}-made`, tags: { ...tags, ...ofUser } }));
        return [await verdictOf(make(lab.tags)), await verdictOf(make(foreign))];
      });
      const said = `channels: ${verdicts.join(", ")}; rooms: ${rooms.join(", ")}`;
      return { agrees: [...verdicts, ...rooms].join() === "allowed,denied,allowed,denied", seen: said };
    },
  },
  {
    place: usersPlace,
    fact: "IAM either knows a channel's tags while it is made, or takes it for one without: a grant for either case is enough",
    run: async (lab) => {
      const make = ({ ivs }: Session) =>
        ivs.send(new CreateChannelCommand({ name: `${lab.name}-tags`, tags: { ...lab.tags, ...ofUser } }));
      const untagged = await granted(lab, "makeChannelsUntagged", (session) => verdictOf(make(session)));
      const known = await granted(lab, "makeChannelsOfUser", (session) => verdictOf(make(session)));
      const seen = known === "allowed" ? "it knows them" : "it takes it for one without";
      return { agrees: untagged !== known, seen: untagged === known ? `both ways ${known}` : seen };
    },
  },
  {
    place: usersPlace,
    fact: "with the grants of workers a user's channel is changed, and the house's is not",
    run: async (lab) => {
      const [users, house] = [await channelOf(lab, ofUser), await channelOf(lab, {})];
      const change = ({ ivs }: Session, arn: string) =>
        verdictOf(ivs.send(new UpdateChannelCommand({ arn, authorized: true })));
      return granted(lab, "changeChannels", async (session) =>
        edge(await change(session, users), await change(session, house)),
      );
    },
  },
  {
    place: "local/ivs/permissions.ts",
    fact: "the right to PutMetadata is one to a channel by its ARN",
    run: async (lab) => {
      const other = await channelOf(lab, {});
      const put = ({ ivs }: Session, channelArn: string) =>
        verdictOf(ivs.send(new PutMetadataCommand({ channelArn, metadata: "{}" })));
      return granted(lab, "putMetadata", async (session) =>
        edge(await put(session, lab.stack.channelArn), await put(session, other)),
      );
    },
  },
  {
    place: "local/service-model/permissions.ts",
    fact: "the right to CreateChatToken is one to a room by its ARN",
    run: async (lab) => {
      const { arn: other } = await lab.chat.send(
        new CreateRoomCommand({ name: `${lab.name}-edge`, tags: { ...lab.tags } }),
      );
      const token = ({ chat }: Session, roomIdentifier: string | undefined) =>
        verdictOf(chat.send(new CreateChatTokenCommand({ roomIdentifier, userId: "doctor" })));
      return granted(lab, "createChatToken", async (session) =>
        edge(await token(session, lab.stack.roomArn), await token(session, other)),
      );
    },
  },
  {
    place: "local/ivs/permissions.ts",
    fact: "CreateAdConfiguration is allowed on ad configurations, and InsertAdBreak on a channel",
    run: async (lab) => {
      const [, , , region, account] = lab.stack.channelArn.split(":");
      const adConfigurations = `arn:aws:ivs:${region}:${account}:ad-configuration/*`;
      using session = await lab.as(
        policyOf(
          { actions: ["ivs:CreateAdConfiguration", "ivs:TagResource"], resource: adConfigurations },
          { actions: ["ivs:InsertAdBreak"], resource: lab.stack.channelArn },
        ),
      );
      const playbackConfigurationArn = `arn:aws:mediatailor:${region}:${account}:playbackConfiguration/${lab.name}`;
      const create = new CreateAdConfigurationCommand({
        name: `${lab.name}-ads`,
        mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn }],
        tags: { ...lab.tags },
      });
      const made = await verdictOf(session.ivs.send(create));
      const insert = new InsertAdBreakCommand({ channelArn: lab.stack.channelArn, durationSeconds: 30 });
      const inserted = await verdictOf(session.ivs.send(insert));
      return { agrees: made === "allowed" && inserted === "allowed", seen: `${made}, ${inserted}` };
    },
  },
  ...taggedCreations,
];
