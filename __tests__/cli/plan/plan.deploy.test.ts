import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeRunFile } from "#local/run-files.ts";
import { type OwnCloud, startOwnCloud } from "../../local/fixture/own-cloud.ts";
import { REGION } from "../../support/deployed.ts";
import { makeStateHome } from "../../support/state-home.ts";
import { startOnair } from "../onair/fixture/onair-process.ts";

let own: OwnCloud;
beforeAll(async () => {
  own = await startOwnCloud({ region: REGION, terraform: "required" });
  await writeRunFile(join(own.folder, "run.json"), { pid: process.pid, ...own.cloud });
  await makeStateHome(own.cloud);
});
afterAll(() => own?.[Symbol.asyncDispose]());

const onair = async (...words: readonly string[]) => {
  const { ended, output, errors } = startOnair([...words, "--folder", own.folder]);
  return { code: await ended, output: output(), errors: errors() };
};

describe("onair plan, on the local cloud", () => {
  it("plans one stack beside the cloud, says what comes next, and that does come next", async () => {
    const { code, output, errors } = await onair("plan", "state");
    expect(errors).toContain(`Target: the local cloud at ${own.cloud.endpoint}`);
    expect(code).toBe(0);
    expect(output).toMatch(/^state: .*\b2 import\n$/);
    const kept = join(own.folder, "plans/state");
    expect(readdirSync(kept).sort()).toEqual(["about.json", "cdk.tf.json", "plan.json"]);
    expect(existsSync(join(own.folder, "cdktf.out/dev/stacks/state/cdk.tf.json"))).toBe(true);
    const { stateSerial, hash } = JSON.parse(readFileSync(join(kept, "about.json"), "utf8"));
    expect(stateSerial).toBeUndefined();

    const [, next = ""] = /^Next: onair (.*)$/m.exec(errors) ?? [];
    const { ended, output: reviewed } = startOnair(next.split(" "));
    expect(await ended).toBe(0);
    expect(reviewed()).toContain(`Hash of the changes: \`${hash}\``);
    expect(reviewed()).toContain("#### Moved and imported (2)");
  });

  it("says which stacks there are where one is not", async () => {
    const { code, errors } = await onair("plan", "stage");
    expect(code).toBe(2);
    expect(errors).toContain('There is no stack "stage".\n  There are: ');
  });
});
