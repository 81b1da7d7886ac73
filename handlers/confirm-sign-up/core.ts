import * as v from "valibot";
import type { AccountState } from "#domain/accounts/account.ts";
import type { log } from "../shared/log.ts";
import { within } from "../shared/within.ts";
import { confirmation } from "./event.ts";

export interface Dependencies {
  readonly signUp: (sub: string, nickname: string) => Promise<AccountState>;
  readonly log: typeof log;
  /** @default 4000 */
  readonly patienceMilliseconds?: number;
}

/** Cognito waits five seconds; from then on nobody reads the answer, and it calls again. */
const patience = 4000;

/**
 * Begins the account of a user who has confirmed the address; a confirmed new password begins nothing.
 *
 * It always answers with the event, as Cognito wants it. The user is confirmed already, whatever happens here: an error
 * would only say otherwise to them, and what could not be begun is begun when they first ask for their channel.
 */
export function makeHandler({ signUp, log: write, patienceMilliseconds = patience }: Dependencies) {
  return async <Event>(event: Event): Promise<Event> => {
    const read = v.safeParse(confirmation, event);
    if (!read.success) return event;
    const { sub, nickname } = read.output.request.userAttributes;
    try {
      write("info", "sign-up confirmed", { sub, state: await within(patienceMilliseconds, signUp(sub, nickname)) });
    } catch (error) {
      write("error", "sign-up not begun", { sub, error: error instanceof Error ? error.name : "unknown" });
    }
    return event;
  };
}
