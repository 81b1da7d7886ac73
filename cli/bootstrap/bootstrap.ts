import { callerAccount } from "#aws/state-backend/caller.ts";
import { ensureLockTable } from "#aws/state-backend/lock-table.ts";
import { ensureManagedKey } from "#aws/state-backend/managed-key.ts";
import type { StateBackend } from "#aws/state-backend/state-backend.ts";
import { createStateBackendClients } from "#aws/state-backend/state-backend.ts";
import { ensureStateBucket } from "#aws/state-backend/state-bucket.ts";
import type { ChosenEnvironment } from "../environment.ts";
import type { RunContext } from "../run-context.ts";
import type { Progress } from "../terminal/terminal.ts";
import { applyStack, initStack } from "../terraform/run-terraform.ts";
import type { ResourceCounts } from "../terraform/terraform-text.ts";
import { refuseOtherAccount } from "./allowed-account.ts";
import { awsFailure } from "./aws-failure.ts";

/** The stack that describes the bucket and the table that its own state is in. */
const stateStack = "state";

/**
 * Makes the bucket and the table that hold Terraform's state and locks, through the SDK.
 * Each call is idempotent and none relies on an earlier one having been seen: it may be ended anywhere and run again.
 *
 * @throws CliError
 */
export async function makeStateHome(
  context: RunContext,
  backend: StateBackend,
  chosen: ChosenEnvironment,
): Promise<void> {
  const { terminal, signal } = context;
  await terminal.step("Bucket and lock table of the state", async (tell) => {
    const clients = createStateBackendClients(backend.region);
    try {
      const account = await callerAccount(clients.sts);
      refuseOtherAccount(chosen, account, context.again);
      signal.throwIfAborted();
      tell(`bucket ${backend.bucket}`);
      const bucket = await ensureStateBucket(clients.s3, backend, account);
      // The local cloud has no key of its own for S3, and asks for none.
      if (!process.env.AWS_ENDPOINT_URL) await ensureManagedKey(clients.s3, backend, account);
      signal.throwIfAborted();
      tell(`table ${backend.table}`);
      const table = await ensureLockTable(clients.dynamodb, backend.table);
      signal.throwIfAborted();
      const made = [bucket, table].filter((outcome) => outcome === "created").length;
      return { value: undefined, summary: made === 0 ? "both are there" : `${made} made` };
    } catch (thrown) {
      throw awsFailure(thrown, context.again);
    } finally {
      for (const client of Object.values(clients)) client.destroy();
    }
  });
}

/**
 * Applies the stack that describes the bucket and the table, with its state in them. Its import blocks adopt what the SDK
 * made, so that there is never a state on this machine and nothing to migrate.
 *
 * @throws CliError
 */
export async function applyState(context: RunContext, tell: Progress): Promise<ResourceCounts> {
  tell("preparing Terraform");
  await initStack(context, stateStack, "bootstrap");
  return applyStack(context, stateStack, "bootstrap", tell);
}
