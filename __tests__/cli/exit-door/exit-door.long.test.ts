import { expect, it } from "vitest";
import { run } from "#__tests__/support/terraform.ts";
import { projectRoot } from "#cli/project.ts";

it("every environment's stacks, roles for delivery included, are the same under the fork", async () => {
  const args = ["--import", "tsx", "cli/exit-door/main.ts"];
  expect(await run(process.execPath, args, projectRoot, process.env)).toMatchObject({
    status: 0,
    stdout: "The stacks of dev, prod are the same under cdktn@0.24.0.\n",
  });
});
