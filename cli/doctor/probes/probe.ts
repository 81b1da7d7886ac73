import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { IvsClient } from "@aws-sdk/client-ivs";
import type { IvschatClient } from "@aws-sdk/client-ivschat";
import type { Used } from "./cost.ts";
import type { Session } from "./session.ts";
import type { StackOutputs } from "./stack-outputs.ts";

/** What a probe may use. Whatever it makes carries the tags, by which it is found again and removed. */
export interface Lab {
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
  readonly cloudWatch: CloudWatchClient;
  readonly tags: Readonly<Record<string, string>>;
  /** The run's, for what is made: `onair-doctor-…`. */
  readonly name: string;
  /** What Terraform made for the run. */
  readonly stack: StackOutputs;
  /** Clients that may do no more than this policy, in JSON, allows. */
  as(policy: string): Promise<Session>;
  /** Where chat clients connect. */
  readonly chatUrl: string;
  /** What costs is counted here. */
  readonly used: Used;
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
