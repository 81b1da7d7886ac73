import * as v from "valibot";
import type { UserlessOptions } from "#domain/accounts/userless.ts";
import type { log } from "../shared/log.ts";

export interface Dependencies {
  /** Puts accounts with work left before the workers; answers with how many. */
  readonly sendUnfinished: () => Promise<number>;
  /** Removes channels, or rooms, that no account needs; answers with how many. */
  readonly removeSpareChannels: () => Promise<number>;
  readonly removeSpareRooms: () => Promise<number>;
  /** Removes users who never confirmed their address; answers with how many. */
  readonly removeUnconfirmed: () => Promise<number>;
  /** Asks for the deletion of accounts whose user is gone from the pool; answers with how many it looked at, and found. */
  readonly removeUserless: (options: UserlessOptions) => Promise<{ readonly checked: number; readonly gone: number }>;
  readonly log: typeof log;
}

/** Which of the jobs is to be done. A schedule says it, and so may an operator. */
const call = v.object({
  job: v.optional(v.picklist(["unfinished", "spares", "unconfirmed", "userless"]), "unfinished"),
  /** An operator's word that users who are missing are really gone, however many they are. */
  isSure: v.optional(v.boolean(), false),
});

/** What a job did, by kind. */
type Done = Readonly<Record<string, number>>;

/** What is done by the clock, since no event says that it is due. */
export function makeHandler(jobs: Dependencies): (event: unknown) => Promise<Done> {
  const doJob = async ({ job, isSure }: v.InferOutput<typeof call>): Promise<Done> => {
    switch (job) {
      case "unfinished":
        return { sent: await jobs.sendUnfinished() };
      case "spares":
        return { channels: await jobs.removeSpareChannels(), rooms: await jobs.removeSpareRooms() };
      case "unconfirmed":
        return { users: await jobs.removeUnconfirmed() };
      case "userless":
        return { ...(await jobs.removeUserless({ isSure })) };
    }
  };
  return async (event) => {
    const wanted = v.parse(call, event);
    const done = await doJob(wanted);
    jobs.log("info", "swept", { job: wanted.job, ...done });
    return done;
  };
}
