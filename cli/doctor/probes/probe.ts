import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { IvsClient } from "@aws-sdk/client-ivs";
import type { IvschatClient } from "@aws-sdk/client-ivschat";

/** What a probe may use. Whatever it makes carries the tags, by which it is found again and removed. */
export interface Lab {
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
  readonly cloudWatch: CloudWatchClient;
  readonly tags: Readonly<Record<string, string>>;
  /** A name for what is made: `onair-doctor-…`. */
  readonly name: string;
}

/** What an account said. */
export interface Seen {
  /** Whether it is as the code takes it to be; undefined where this account cannot tell. */
  readonly agrees: boolean | undefined;
  /** On one line. */
  readonly seen: string;
}

/** Asks a real account about a fact that nobody has checked. */
export interface Probe {
  /** The file that the fact stands in, as docs/reference/differences.md lists it. */
  readonly place: string;
  readonly fact: string;
  run(lab: Lab): Promise<Seen>;
}

/** What a call was refused with; undefined where it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<Error | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
