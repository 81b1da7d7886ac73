import type { IvsClient } from "@aws-sdk/client-ivs";
import type { IvschatClient } from "@aws-sdk/client-ivschat";
import { channelsAtOnce, type Read, readChannels, readRecording, readRoom, readTags } from "#aws/converge/read.ts";
import type { Pace } from "#domain/accounts/ports.ts";
import type { Compared } from "#domain/converge/steps.ts";
import type { Profile, Profiles } from "#domain/profiles/profile.ts";
import type { Deployed, Wanted } from "./wanted.ts";

/** One thing of the house or of a user, compared; or why it cannot be. */
export type Subject = Named & (Compared | { readonly kind: Compared["kind"]; readonly problem: string });

interface Named {
  /** For people: the channel's name, or the entry's in its ring. */
  readonly name: string;
  readonly arn: string;
  /** The user whose it is; absent for the house. */
  readonly sub?: string;
}

export interface Looking {
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
  /** Of calls to channels and rooms. */
  readonly pace: Pace;
  /** Of calls that the service takes less often. */
  readonly slowPace: Pace;
  readonly profiles: Pick<Profiles, "all">;
  readonly environment: string;
  readonly deployed: Deployed;
  readonly wanted: Wanted;
}

/** All that is compared, one after the other: rings, channels and rooms of the house, then those of users by name. */
export async function* subjects(looking: Looking): AsyncGenerator<Subject> {
  yield* ringSubjects(looking);
  yield* houseSubjects(looking);
  yield* userSubjects(looking);
}

const gone = "is not there: the next deploy makes it again";

async function* ringSubjects({ ivs, slowPace, deployed, wanted }: Looking): AsyncGenerator<Subject> {
  for (const [name, arn] of Object.entries(deployed.recordingConfigurations)) {
    const entry = wanted.recordings[name];
    if (entry === undefined) continue;
    const is = await readRecording(ivs, slowPace, arn);
    const kind = "recording configuration";
    yield is === undefined ? { name, arn, kind, problem: gone } : { name, arn, kind, is, wanted: entry };
  }
  const tagged = [
    ...Object.entries(deployed.recordingConfigurations).map(([name, arn]) => [`recording configuration ${name}`, arn]),
    ...Object.entries(deployed.playbackKeys).map(([name, arn]) => [`playback key ${name}`, arn]),
  ];
  for (const [name = "", arn = ""] of tagged) {
    const is = await readTags(ivs, slowPace, arn);
    if (is !== undefined) yield { name, arn, kind: "tags", is, wanted: wanted.tags };
  }
}

async function* houseSubjects({ ivs, chat, pace, deployed, wanted }: Looking): AsyncGenerator<Subject> {
  const house = Object.entries(deployed.channels).flatMap(([name, { arn, room_arn }]) => {
    const like = wanted.house[name];
    return like === undefined ? [] : [{ name, arn, roomArn: room_arn, like }];
  });
  const arns = house.map(({ arn }) => arn);
  const channels = await readChannels(ivs, pace, arns);
  for (const { name, arn, roomArn, like } of house) {
    const is = channels.get(arn)?.state;
    yield is === undefined
      ? { name, arn, kind: "channel", problem: gone }
      : { name, arn, kind: "channel", is, wanted: like.channel };
    const room = await readRoom(chat, pace, roomArn);
    yield room === undefined
      ? { name, arn: roomArn, kind: "room", problem: gone }
      : { name, arn: roomArn, kind: "room", is: room.state, wanted: like.room };
  }
}

async function* userSubjects(looking: Looking): AsyncGenerator<Subject> {
  const { ivs, chat, pace, profiles, wanted } = looking;
  let cursor: string | undefined;
  do {
    const { rows, next } = await profiles.all({ limit: channelsAtOnce, cursor });
    cursor = next;
    const users = rows.filter(({ sub }) => !sub.startsWith("house:"));
    const arns = users.flatMap(({ channelArn }) => channelArn ?? []);
    const channels = await readChannels(ivs, pace, arns);
    for (const user of users) {
      const { sub, name, channelArn, roomArn, access } = user;
      if (channelArn !== undefined) {
        const like = { ...wanted.user.channel, authorized: access === "private" };
        const named = { name, sub, arn: channelArn, kind: "channel" } as const;
        yield ofUser(looking, user, channels.get(channelArn), named, (is) => ({ ...named, is, wanted: like }));
      }
      if (roomArn !== undefined) {
        const room = await readRoom(chat, pace, roomArn);
        const named = { name, sub, arn: roomArn, kind: "room" } as const;
        yield ofUser(looking, user, room, named, (is) => ({ ...named, is, wanted: wanted.user.room }));
      }
    }
  } while (cursor !== undefined);
}

/** What a row names is touched only where its tags say that it is this user's, in this environment. */
function ofUser<State>(
  { environment }: Looking,
  { sub }: Profile,
  read: Read<State> | undefined,
  named: Named & Pick<Subject, "kind">,
  compared: (is: State) => Subject,
): Subject {
  if (read === undefined) return { ...named, problem: `is not there; see: onair users repair ${named.name}` };
  const isTheirs = read.tags["onair:environment"] === environment && read.tags["onair:user"] === sub;
  return isTheirs ? compared(read.state) : { ...named, problem: "does not carry this user's tags, and is left alone" };
}
