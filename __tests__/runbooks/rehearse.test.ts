import { expect, it } from "vitest";
import { blocksOf } from "./fixture/page.ts";
import { rehearse, type Step } from "./fixture/rehearse.ts";
import type { Said } from "./fixture/shell.ts";

const runbook = "rollback";
const [revert = "", apply = ""] = blocksOf(runbook, "Do");

/** A shell that keeps what is pasted, and in which commands of these words fail. */
function recorded(...failed: readonly string[]) {
  const pasted: string[] = [];
  const paste = async (block: string): Promise<Said> => {
    pasted.push(block);
    return { output: "0123abc A bad change\n", errors: "", failed: failed.filter((words) => block.includes(words)) };
  };
  return { pasted, paste, [Symbol.dispose]: () => {} };
}

const through = (look: Step = {}, over: Step = {}) => ({ Look: [look], Do: [{}, {}], "It is over when": [over] });

it("pastes every block of a page in order, with what was learned in the line that asks for it", async () => {
  const shell = recorded();
  const learn = ({ output }: Said) => ({ COMMIT: output.slice(0, 7) });
  await rehearse(runbook, shell, through({ learn }));
  expect(shell.pasted).toHaveLength(4);
  expect(shell.pasted[1]).toBe(revert.replace(/^COMMIT=.*$/m, "COMMIT=0123abc"));
  expect(shell.pasted[2]).toBe(apply);
});

it("refuses to leave out a block of the page", async () => {
  const rehearsal = rehearse(runbook, recorded(), { ...through(), Do: [{}] });
  await expect(rehearsal).rejects.toThrow("rollback, Do: 2 blocks, and 1 steps of its rehearsal.");
});

it("ends at a command that fails, and at one that should and does not", async () => {
  const failing = rehearse(runbook, recorded("git push"), through());
  await expect(failing).rejects.toThrow("rollback, Do: git push failed.");
  const succeeding = rehearse(runbook, recorded(), through({ fails: ["git log"] }));
  await expect(succeeding).rejects.toThrow("rollback, Look: Nothing, not git log, failed.");
  await rehearse(runbook, recorded("git log"), through({ fails: ["git log"] }));
});

it("refuses what was learned for no line", async () => {
  const rehearsal = rehearse(runbook, recorded(), through({}, { learn: () => ({ COMMIT: "0123abc" }) }));
  await expect(rehearsal).rejects.toThrow("rollback: no line below asks for COMMIT.");
});
