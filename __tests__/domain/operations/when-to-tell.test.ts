import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "#cli/project.ts";
import { nearQuota, OBSERVE_LATE_SECONDS } from "#domain/operations/when-to-tell.ts";

it.each([
  [50, 40],
  [100, 80],
  [3, 3],
  [1, 1],
])("of a quota of %i people are told from %i on", (quota, from) => {
  expect(nearQuota(quota)).toBe(from);
});

it("a walk over what is on air is late after five minutes", () => {
  expect(OBSERVE_LATE_SECONDS).toBe(300);
});

it.each(["stacks/operations/alarms.ts", "cli/doctor/service.ts", "cli/doctor/goings-on.ts"])(
  "%s tells by the same, and says no share or time of its own",
  (file) => {
    const code = readFileSync(join(projectRoot, file), "utf8");
    expect(code).toContain("#domain/operations/when-to-tell.ts");
    expect(code).not.toMatch(/= 0\.8\b|LATE = 5/);
  },
);
