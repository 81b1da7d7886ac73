import { expect, test } from "vitest";
import { lockLines, shownLocks } from "#cli/lock/show.ts";

const lock = (id: string, created = "2026-03-04T05:00:00.123456789Z") => ({
  id,
  operation: "OperationTypeApply",
  who: "ana@laptop",
  created,
});
const now = new Date("2026-03-04T05:02:05.123Z");

test("shows a lock that holds both halves in one line, with its age", () => {
  const lines = lockLines("platform", { table: lock("a"), object: lock("a") });
  expect(shownLocks(lines, now)).toEqual([
    "STACK     HELD BY     FOR        DOES   HALVES  ID",
    "platform  ana@laptop  2 min 5 s  apply  both    a",
  ]);
});

test("shows halves of two runs in two lines", () => {
  const lines = lockLines("state", { table: lock("a"), object: lock("b") });
  expect(lines.map(({ id, halves }) => [id, halves])).toEqual([
    ["a", ["table"]],
    ["b", ["object"]],
  ]);
  expect(shownLocks(lines, now)[1]).toContain("table only");
});

test("reads a date as Terraform writes it for people", () => {
  const lines = lockLines("state", { table: lock("a", "2026-03-04 05:00:00.123456789 +0000 UTC") });
  expect(shownLocks(lines, now)[1]).toContain("2 min 5 s");
});

test("says that nothing is locked", () => {
  expect(shownLocks(lockLines("state", {}), now)).toEqual(["No state is locked."]);
});
