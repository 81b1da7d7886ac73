import type { StateBackend } from "#aws/state-backend/state-backend.ts";
import { createStateBackendClients } from "#aws/state-backend/state-backend.ts";
import type { StateLock } from "#aws/state-backend/state-lock.ts";
import { readStateLock } from "#aws/state-backend/state-lock.ts";
import { readBackendBlock } from "../bootstrap/backend-block.ts";
import { runProgram } from "../process/run-program.ts";
import { logFile, stackFolder, synthesizedStacks } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { initStack, terraformEnvironment } from "../terraform/run-terraform.ts";
import { lockHeld } from "../terraform/terraform-failure.ts";

/**
 * Frees a lock that a killed run left in the local cloud, both of its halves, by Terraform's own force-unlock. A lock of
 * another id is left alone: it belongs to a run that the user has not seen.
 *
 * Terraform is not asked how it went: of a run that was killed between taking the two halves it frees the one that is held
 * and fails, because the other is not. Both are read again instead.
 *
 * @throws CliError LOCK_HELD by a lock that is still there
 */
export async function unlock(context: RunContext, lockId: string): Promise<void> {
  await context.terminal.step(`Free lock ${lockId}`, async () => {
    for (const stack of synthesizedStacks(context.project)) {
      const backend = readBackendBlock(context.project, stack);
      if ((await lockOf(backend))?.id !== lockId) continue;
      await initStack(context, stack, "unlock");
      await forceUnlock(context, stack, lockId);
      const left = await lockOf(backend);
      if (left) throw lockHeld(context, stack, { ...left, created: new Date(left.created) }, new Date());
      return { value: undefined, summary: `stack ${stack} is free` };
    }
    return { value: undefined, summary: "no stack is locked by it" };
  });
}

async function lockOf(backend: StateBackend): Promise<StateLock | undefined> {
  const clients = createStateBackendClients(backend.region);
  try {
    return await readStateLock(clients, backend);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

async function forceUnlock(context: RunContext, stack: string, lockId: string): Promise<void> {
  await runProgram(
    {
      name: "terraform",
      command: "terraform",
      args: ["force-unlock", "-force", lockId],
      folder: stackFolder(context.project, stack),
      environment: { ...context.environment, ...terraformEnvironment },
      log: logFile(context.project, "unlock"),
    },
    context.signal,
  );
}
