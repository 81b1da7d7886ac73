import { expect, test } from "vitest";
import { isOf, lockLines, shownLocks } from "#cli/lock/show.ts";

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
    "STACK     HELD BY     FOR        DOES   HALVES  ID  COMMIT",
    "platform  ana@laptop  2 min 5 s  apply  both    a   unknown",
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

test.each([
  [false, /a {3}0123456789ab$/],
  [true, /a {3}0123456789ab and changes$/],
])("says the commit that is carried out, and whether files differ from it: %s", (dirty, end) => {
  const commit = "0123456789abcdef0123456789abcdef01234567";
  const lines = lockLines("platform", { table: lock("a") }).map((line) => ({ ...line, commit, dirty }));
  expect(shownLocks(lines, now)[1]).toMatch(end);
});

test.each([
  ["a second before the lock was taken", "2026-03-04T04:59:59.000Z", true],
  ["while the run waited for it", "2026-03-04T04:50:00.000Z", true],
  ["by a run that waits for it", "2026-03-04T05:00:10.000Z", false],
  ["by one that was killed the day before", "2026-03-03T05:00:00.000Z", false],
])("takes a note for the lock's that was written %s: %s %s", (_when, since, is) => {
  expect(isOf({ since }, { since: lock("a").created })).toBe(is);
});
