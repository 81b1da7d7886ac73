import { setTimeout as sleep } from "node:timers/promises";
import { createTaggedChannels } from "#aws/accounts/channels.ts";
import { createTaggedRooms } from "#aws/accounts/rooms.ts";
import { createStreamKeys } from "#aws/accounts/stream-keys.ts";
import { createStreamStopper } from "#aws/accounts/stream-stopper.ts";
import { removeKeySecret } from "#aws/destroy/key-secrets.ts";
import type { Tagged } from "#aws/destroy/tagged.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";
import type { DestroyClients } from "./clients.ts";
import type { Inventory } from "./inventory.ts";

const pollMilliseconds = 1000;
/** A stream that was stopped takes some seconds to end. */
const mostTries = 90;

/**
 * Ends live streams, then removes what users have and Terraform does not know. A stream's key goes before the stream is
 * stopped, so that its encoder cannot come back; channels of the house are left to Terraform, off the air.
 *
 * @throws CliError STREAM_GOES_ON, ServiceError, CallFailedError
 */
export async function removeRunTime(
  clients: DestroyClients,
  environment: string,
  { live, channels, rooms, secrets }: Inventory,
  { tell, signal }: { readonly tell: Progress; readonly signal: AbortSignal },
): Promise<number> {
  const { ivs, chat, pace } = clients;
  const keys = createStreamKeys({ ivs, ivsOnce: ivs, environment });
  const streams = createStreamStopper(ivs);
  const usersChannels = createTaggedChannels({ ivs, environment });
  const usersRooms = createTaggedRooms({ chat, environment });
  const turn = async (operation: string) => {
    signal.throwIfAborted();
    await pace.turn(operation);
  };
  const silence = async ({ arn, name }: Tagged) => {
    for (let tries = 0; tries < mostTries; tries++) {
      await turn("ListStreamKeys");
      for (const keyArn of await keys.list(arn)) await keys.remove(keyArn);
      await turn("StopStream");
      if ((await stopped(streams.stop(arn))) === "offline") return;
      await sleep(pollMilliseconds);
    }
    const cure = "Stop its encoder, then: onair destroy";
    throw new CliError("STREAM_GOES_ON", `The stream of ${name} does not end.`, `Channel ${arn}`, cure);
  };
  const all = live.length + channels.length + rooms.length;
  let done = 0;
  const removing = (name: string) => tell(`${done++} of ${all}, ${name}`);
  for (const one of live) {
    removing(one.name);
    await silence(one);
  }
  for (const one of channels) {
    removing(one.name);
    await turn("DeleteChannel");
    await usersChannels.remove(one.arn).catch(async (error: unknown) => {
      if (!(error instanceof ServiceError) || error.code !== "CONFLICT") throw error;
      // It went live after it was listed.
      await silence(one);
      await usersChannels.remove(one.arn);
    });
  }
  for (const { arn, name } of rooms) {
    removing(name);
    await turn("DeleteRoom");
    await usersRooms.remove(arn);
  }
  for (const name of secrets) await removeKeySecret(clients.secrets, name);
  return all + secrets.length;
}

/** IVS says "unavailable" for a stream that is just beginning or ending. */
const stopped = (stopping: Promise<"stopping" | "offline">) =>
  stopping.catch((error: unknown) => {
    if (error instanceof ServiceError && error.code === "UNAVAILABLE") return "stopping" as const;
    throw error;
  });
