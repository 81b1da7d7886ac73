import type { StateBackend } from "#aws/state-backend/state-backend.ts";
import { createStateBackendClients } from "#aws/state-backend/state-backend.ts";
import { readStateLock } from "#aws/state-backend/state-lock.ts";
import { readBackendBlock } from "../bootstrap/backend-block.ts";
import { runProgram } from "../process/run-program.ts";
import { logFile, stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { initStack, terraformEnvironment } from "../terraform/run-terraform.ts";
import { terraformFailure } from "../terraform/terraform-failure.ts";

const stacks = ["state", "platform"] as const;

/**
 * Frees a lock that a killed run left in the local cloud, both of its halves, by Terraform's own force-unlock, and reads
 * both again. A lock of another id is left alone: it belongs to a run that the user has not seen.
 *
 * @throws CliError
 */
export async function unlock(context: RunContext, lockId: string): Promise<void> {
  await context.terminal.step(`Free lock ${lockId}`, async () => {
    for (const stack of stacks) {
      const backend = readBackendBlock(context.project, stack);
      if ((await lockOf(backend)) !== lockId) continue;
      await initStack(context, stack, "unlock");
      await forceUnlock(context, stack, lockId);
      if ((await lockOf(backend)) === undefined) return { value: undefined, summary: `stack ${stack} is free` };
    }
    return { value: undefined, summary: "no stack is locked by it" };
  });
}

async function lockOf(backend: StateBackend): Promise<string | undefined> {
  const clients = createStateBackendClients(backend.region);
  try {
    return (await readStateLock(clients, backend))?.id;
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

async function forceUnlock(context: RunContext, stack: string, lockId: string): Promise<void> {
  const finished = await runProgram(
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
  if (finished.code !== 0) throw terraformFailure(context, stack, "unlock", finished.lastLines(40));
}
