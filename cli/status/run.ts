import { IvsClient } from "@aws-sdk/client-ivs";
import { jsonAnswer, jsonFailure } from "../onair/json-result.ts";
import type { Target } from "../onair/target.ts";
import { chooseTarget, targetLine } from "../onair/target.ts";
import { openProject } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readLocalStatus } from "./local-status.ts";
import { statusLines } from "./show-status.ts";
import type { AwsStatus, LocalStatus, Status } from "./status.ts";
import { readChannels } from "./status.ts";
import type { StatusOptions } from "./verb.ts";

const again = "onair status";

/** `onair status`; returns the exit code. */
export async function runStatus(
  terminal: Terminal,
  { json = false, aws = false, folder }: StatusOptions,
): Promise<number> {
  const target = await chooseTarget(openProject(folder, "cdktf.out"), aws, again);
  terminal.note(targetLine(target));
  const status = await readStatus(target);
  const down = deadParts(status);
  if (json) terminal.answer(down ? jsonFailure("status", down, status) : jsonAnswer("status", status));
  else for (const line of statusLines(status, new Date())) terminal.answer(line);
  return down ? terminal.fail(down) : 0;
}

async function readStatus(target: Target): Promise<Status> {
  const ivs = new IvsClient({ region: target.region });
  try {
    const [where, channels] = await Promise.all([readTarget(target), readChannels(ivs)]);
    return { target: where, channels };
  } catch (thrown) {
    const { ivsFailure } = await import("../onair/ivs-failure.ts");
    throw ivsFailure(thrown, again);
  } finally {
    ivs.destroy();
  }
}

/** Only the SDK that is needed is loaded. */
async function readTarget(target: Target): Promise<LocalStatus | AwsStatus> {
  if (target.kind === "local") return readLocalStatus(target);
  const { readAwsStatus } = await import("./aws-status.ts");
  return readAwsStatus(target);
}

function deadParts({ target }: Status): CliError | undefined {
  const parts = target.kind === "local" ? target.parts.filter(({ state }) => state === "down") : [];
  if (parts.length === 0) return undefined;
  const names = parts.map(({ name, address }) => (address === null ? name : `${name} at ${address}`));
  return new CliError(
    "PART_DOWN",
    `The local cloud runs, but ${names.join(", ")} does not answer.`,
    "",
    "Look at .onair/logs, then end it with Ctrl-C and: npm start",
  );
}
