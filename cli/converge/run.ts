import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { tablePace } from "#aws/accounts/in-turn.ts";
import { ownPace } from "#aws/accounts/own-pace.ts";
import { systemClock } from "#aws/accounts/system-clock.ts";
import { listStreams } from "#aws/ivs/streams.ts";
import { createChannelAccess } from "#aws/playback/channel-access.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { openTable } from "#aws/table/table.ts";
import { refuseOtherCaller } from "../bootstrap/allowed-account.ts";
import { chosenSettings } from "../environment.ts";
import { jsonAnswer, jsonFailure } from "../onair/json-result.ts";
import { readPlatform } from "../onair/platform.ts";
import { serviceFailure } from "../onair/service-failure.ts";
import { projectRoot } from "../project.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readDeployed } from "./deployed.ts";
import { type Convergence, isLeft, leftError, lineOf, summaryLine } from "./report.ts";
import { settle } from "./settle.ts";
import { subjects } from "./subjects.ts";
import type { ConvergeOptions } from "./verb.ts";
import { wantedOf } from "./wanted.ts";

/** Below the five a second that the service takes of channels and rooms, and the three of configurations. */
const rates = { channels: 4, configurations: 2 } as const;
/** Whoever else calls meanwhile may have taken a turn. */
const maxAttempts = 8;

/**
 * `onair converge`: makes channels, rooms and rings be as settings say; with `--check` only says what is not. Returns the
 * exit code. Each step is found anew by what the service says, so a run that broke off is ended by the next one.
 *
 * @param root where cdktf.json is
 */
export async function runConverge(terminal: Terminal, options: ConvergeOptions, root = projectRoot): Promise<number> {
  const { check = false, json = false } = options;
  const again = `onair converge${check ? " --check" : ""}`;
  const platform = await readPlatform(terminal, options, again);
  const { environment } = platform;
  const { settings } = chosenSettings(root, again);
  // Channels of the house are changed by what the outputs name, so the account must be the one of the settings.
  if (platform.target.kind === "aws") await refuseOtherCaller({ name: environment, ...settings }, again);
  const deployed = await readDeployed(platform, again);
  const wanted = wantedOf(environment, settings, deployed);
  const { region } = platform.target;
  const clients = {
    dynamodb: new DynamoDBClient({ region }),
    ivs: new IvsClient({ region, maxAttempts }),
    chat: new IvschatClient({ region, maxAttempts }),
  };
  const { ivs, chat } = clients;
  const table = openTable(clients.dynamodb, platform.tableName);
  const profiles = createProfiles(table);
  const pace = check ? ownPace(rates.channels) : tablePace(table);
  const convergence: Convergence = { check, looked: 0, found: [], undeployed: wanted.undeployed };
  try {
    const live = new Map((await listStreams(ivs)).map(({ channelArn, since }) => [channelArn, since.toISOString()]));
    const access = { store: createAccountStore(table), profiles, channels: createChannelAccess(ivs) };
    const lease = { clock: systemClock, holder: randomUUID() };
    const slowPace = ownPace(rates.configurations);
    const looking = { ivs, chat, pace, slowPace, profiles, environment, deployed, wanted };
    for await (const subject of subjects(looking)) {
      const found = await settle(subject, { check, ivs, chat, pace, slowPace, live, access: { ...access, ...lease } });
      convergence.looked++;
      if (found === undefined) continue;
      convergence.found.push(found);
      if (!json) terminal.answer(lineOf(found, deployed));
    }
  } catch (thrown) {
    throw serviceFailure(thrown, again);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
  const left = isLeft(convergence) ? leftError(convergence) : undefined;
  if (json) terminal.answer(left ? jsonFailure("converge", left, convergence) : jsonAnswer("converge", convergence));
  else terminal.answer(summaryLine(convergence));
  return left ? terminal.fail(left) : 0;
}
