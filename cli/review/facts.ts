import { join } from "node:path";
import { IvsClient } from "@aws-sdk/client-ivs";
import { listStreams } from "#aws/ivs/streams.ts";
import { routes } from "#domain/api/routes.ts";
import type { Facts, LiveChannel } from "#domain/plan-review/guard/finding.ts";
import { readSettings } from "#settings/read-settings.ts";
import { chooseEnvironment } from "../environment.ts";
import { ivsFailure } from "../onair/ivs-failure.ts";
import { chooseTarget, targetLine } from "../onair/target.ts";
import { openProject, projectRoot } from "../project.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ReviewOptions } from "./verb.ts";

const again = "onair review";

/**
 * What the guard is told besides the plans: the settings of the environment that ONAIR_ENV names, the list of routes and,
 * where asked for, who is live on the target now.
 *
 * @throws CliError SETTINGS_INVALID, NOT_RUNNING, AWS_UNREACHABLE
 */
export async function readFacts(terminal: Terminal, options: ReviewOptions): Promise<Facts> {
  const { name } = chooseEnvironment(projectRoot, again);
  const { channels } = readSettings(join(projectRoot, "cdktf.json"), name);
  return {
    routes: Object.values(routes),
    privateChannels: new Set(channels.filter(({ access }) => access === "private").map((channel) => channel.name)),
    ...(options.liveFromTarget && { liveChannels: await readLive(terminal, options) }),
  };
}

async function readLive(terminal: Terminal, { aws = false, folder }: ReviewOptions) {
  const target = await chooseTarget(openProject(folder, "cdktf.out"), aws, again);
  terminal.note(targetLine(target));
  const ivs = new IvsClient({ region: target.region });
  try {
    const streams = await listStreams(ivs);
    return new Map<string, LiveChannel>(
      streams.map(({ channelArn, since }) => [channelArn, { since: since.toISOString() }]),
    );
  } catch (thrown) {
    throw ivsFailure(thrown, again);
  } finally {
    ivs.destroy();
  }
}
