import { setTimeout as sleep } from "node:timers/promises";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { MakingClients } from "./made.ts";

/** Clients of one session, with its rights. */
export interface Session extends MakingClients, Disposable {}

export interface SessionOptions {
  readonly region: string;
  readonly roleArn: string;
  /** Of sessions, in the account's log. */
  readonly name: string;
}

/** The service's rates are low, and each call counts. */
export const patient = { maxAttempts: 10 } as const;

/** A role is known everywhere some seconds after it was made. */
const TRIES = 15;
const WAIT = 2000;

/**
 * Takes the run's role with a policy that leaves it less. So a session has the rights of that policy, as far as the role
 * has them.
 *
 * @param policy JSON, at most 2,048 characters
 */
export async function openSession({ region, roleArn, name }: SessionOptions, policy: string): Promise<Session> {
  const sts = new STSClient({ region });
  try {
    const credentials = await credentialsOf(sts, { RoleArn: roleArn, RoleSessionName: name, Policy: policy });
    const [ivs, chat] = [
      new IvsClient({ region, credentials, ...patient }),
      new IvschatClient({ region, credentials, ...patient }),
    ];
    const close = () => {
      for (const client of [ivs, chat]) client.destroy();
    };
    return { ivs, chat, [Symbol.dispose]: close };
  } finally {
    sts.destroy();
  }
}

async function credentialsOf(sts: STSClient, input: ConstructorParameters<typeof AssumeRoleCommand>[0]) {
  for (let left = TRIES; ; left -= 1) {
    try {
      const { Credentials: made } = await sts.send(new AssumeRoleCommand({ ...input, DurationSeconds: 900 }));
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = made ?? {};
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    } catch (thrown) {
      if ((thrown as Error).name !== "AccessDenied" || left === 0) throw thrown;
      await sleep(WAIT);
    }
  }
}
