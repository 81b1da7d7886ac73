import { randomUUID } from "node:crypto";
import { IvsClient } from "@aws-sdk/client-ivs";
import { type Channel, findChannel } from "#aws/ivs/channels.ts";
import { ivsFailure } from "../onair/ivs-failure.ts";
import { keyFailure } from "../onair/key-failure.ts";
import { playbackKeysOf, readPlatform } from "../onair/platform.ts";
import { chooseTarget, type Target, targetLine } from "../onair/target.ts";
import { openProject } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import { localTime, timeFrom } from "../terminal/local-time.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { claimsOf } from "./claims.ts";
import { openDeployedKey, openKmsKey, type SigningKey } from "./key.ts";
import type { PlaybackUrlOptions } from "./verb.ts";

/**
 * `onair playback-url`: the address is the answer, alone, so that it can be piped into a player; what it is good for is said on
 * stderr. With a channel's ARN and a KMS key nothing needs to be deployed. Returns the exit code.
 */
export async function showPlaybackUrl(terminal: Terminal, options: PlaybackUrlOptions): Promise<number> {
  const asked = askedChannel(options);
  const again = `onair playback-url ${asked.startsWith("arn:") ? "--channel-arn" : "--channel"} ${asked} ...`;
  const { target, open } = await findKey(terminal, options, again);
  const region = /^arn:[^:]+:ivs:([^:]+):/.exec(asked)?.[1] ?? target.region;
  const channel = await readChannel(region, asked, again);
  const claims = claimsOf(options, channel.arn, { now: Date.now(), newId: randomUUID });
  const key = open(region);
  try {
    const token = await key.signer.sign(claims);
    const ends = new Date(claims.exp * 1000);
    const begins = new Date((claims.exp - options.expiresIn) * 1000);
    terminal.note(`Channel: ${channel.name} (${channel.arn})`);
    terminal.note(`Signed by: ${key.title}`);
    terminal.note(`Begins playback until ${localTime(ends)}, ${timeFrom(ends, begins)}; what plays goes on.`);
    if (channel.isPrivate) terminal.note("A secret until then: whoever has it can watch, within what its token says.");
    else terminal.note("The channel is public: it plays without a token, too.");
    terminal.answer(`${channel.playbackUrl}?token=${token}`);
    return 0;
  } catch (thrown) {
    throw keyFailure(thrown, key.title, again);
  } finally {
    key.close();
  }
}

function askedChannel({ channel, channelArn }: PlaybackUrlOptions): string {
  const usage = (what: string) => new CliError("USAGE", what, "Nothing was signed.", "See: onair playback-url --help");
  if (channel !== undefined && channelArn !== undefined) throw usage("--channel and --channel-arn are one too many.");
  if (channelArn !== undefined && !channelArn.startsWith("arn:")) {
    throw usage(`--channel-arn must be the ARN of a channel; got ${JSON.stringify(channelArn)}.`);
  }
  const asked = channel ?? channelArn;
  if (asked === undefined) throw usage("Which channel? Name it by --channel or --channel-arn.");
  return asked;
}

interface FoundKey {
  readonly target: Target;
  /** @param region of the channel, where the key is unless it says otherwise */
  readonly open: (region: string) => SigningKey;
}

async function findKey(terminal: Terminal, options: PlaybackUrlOptions, again: string): Promise<FoundKey> {
  const { keyId, aws = false, folder } = options;
  if (keyId !== undefined) {
    const target = await chooseTarget(openProject(folder, "cdktf.out"), aws, again);
    terminal.note(targetLine(target));
    return { target, open: (region) => openKmsKey(keyId, region) };
  }
  const platform = await readPlatform(terminal, options, again);
  const [first] = playbackKeysOf(platform, again);
  if (first === undefined) {
    const what = `The platform of environment ${platform.environment} has no playback key.`;
    throw new CliError("KEY_UNKNOWN", what, "Nothing was signed.", `Name a key of KMS: ${again} --key-id ID`);
  }
  return { target: platform.target, open: () => openDeployedKey(first, platform.target.region) };
}

async function readChannel(region: string, asked: string, again: string): Promise<Channel> {
  const ivs = new IvsClient({ region });
  try {
    return await findChannel(ivs, asked);
  } catch (thrown) {
    throw ivsFailure(thrown, again, asked);
  } finally {
    ivs.destroy();
  }
}
