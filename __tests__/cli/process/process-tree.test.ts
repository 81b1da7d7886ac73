import { expect, test, vi } from "vitest";
import { descendants, killTree, listProcesses, parseProcesses, signalProcess } from "#cli/process/process-tree.ts";

const listing = `    1     0 Ss   systemd
  100     1 Ss   node
  101   100 Sl+  /usr/local/bin/terraform
  102   101 Sl   terraform-provi
  103   100 Z    terraform <defunct>
  200     1 S    some program
`;

test("reads what ps lists on Linux and macOS, without the dead", () => {
  expect(parseProcesses(listing)).toEqual([
    { pid: 1, parent: 0, command: "systemd" },
    { pid: 100, parent: 1, command: "node" },
    { pid: 101, parent: 100, command: "terraform" },
    { pid: 102, parent: 101, command: "terraform-provi" },
    { pid: 200, parent: 1, command: "some program" },
  ]);
});

test("finds all below a process, parents first", () => {
  expect(descendants(parseProcesses(listing), 100).map(({ pid }) => pid)).toEqual([101, 102]);
  expect(descendants(parseProcesses(listing), 200)).toEqual([]);
});

test("sees this very process", () => {
  expect(listProcesses().some(({ pid, parent }) => pid === process.pid && parent === process.ppid)).toBe(true);
});

test("sends nothing to process 0, which would be all of our own group", () => {
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  try {
    expect(signalProcess(0, "SIGINT")).toBe(false);
    killTree(0);
    expect(kill).not.toHaveBeenCalled();
  } finally {
    kill.mockRestore();
  }
});
