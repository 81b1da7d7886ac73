import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
type Case = readonly [folder: string, specifier: string];

const FORBIDDEN: Case[] = [
  ["domain", "#aws/b.ts"],
  ["domain", "@aws-sdk/client-ivs"],
  ["domain", "node:fs"],
  ["aws", "#handlers/b/handler.ts"],
  ["handlers", "#constructs/ivs/channel.ts"],
  ["handlers", "cdktf"],
  ["constructs", "#stacks/platform.ts"],
  ["constructs", "#handlers/review-message/handler.ts"],
  ["constructs", "@aws-sdk/client-ivs"],
  ["stacks", "#local/cloud.ts"],
  ["settings", "#constructs/ivs/channel.ts"],
  ["cli", "#local/cloud.ts"],
  ["cli", "#stacks/platform.ts"],
  ["local", "#domain/moderation/rules.ts"],
  ["local", "../domain/moderation/rules.ts"],
  ["web", "#aws/b.ts"],
];
const ALLOWED: Case[] = [
  ["stacks", "#constructs/ivs/channel.ts"],
  ["stacks", "#settings/schema.ts"],
  ["settings", "#domain/moderation/rules.ts"],
  ["handlers", "#domain/moderation/rules.ts"],
  ["handlers", "#aws/b.ts"],
  ["cli", "#aws/b.ts"],
  ["constructs", "#handlers/review-message/env.ts"],
  ["constructs", "@cdktf/provider-aws/lib/ivs-channel/index.js"],
];
const BARRELS: Case[] = ["constructs", "stacks", "examples"].map((folder) => [folder, "@cdktf/provider-aws"]);

const project = realpathSync(mkdtempSync(join(tmpdir(), "arrows-")));
const fileOf = ([folder, specifier]: Case) => join(folder, `${specifier.replace(/\W/g, "-")}.ts`);
const said = new Map<string, string[]>();

beforeAll(() => {
  cpSync(join(ROOT, "biome.json"), join(project, "biome.json"));
  for (const one of [...FORBIDDEN, ...ALLOWED, ...BARRELS]) {
    mkdirSync(dirname(join(project, fileOf(one))), { recursive: true });
    writeFileSync(join(project, fileOf(one)), `export type { x } from "${one[1]}";\n`);
  }
  const { stdout } = spawnSync(
    join(ROOT, "node_modules/.bin/biome"),
    [
      "lint",
      "--only=style/noRestrictedImports",
      "--vcs-enabled=false",
      "--max-diagnostics=none",
      "--reporter=github",
      ".",
    ],
    { cwd: project, encoding: "utf8" },
  );
  for (const [, file = "", message = ""] of stdout.matchAll(/file=([^,]+),.*?::(.*)/g)) {
    const name = relative(project, file);
    said.set(name, [...(said.get(name) ?? []), message]);
  }
});
afterAll(() => rmSync(project, { recursive: true }));

const lint = (one: Case) => said.get(fileOf(one))?.join("\n") ?? "";

describe("the linter", () => {
  it.each(FORBIDDEN)("refuses in %s/ an import of %s", (...one) => {
    expect(lint(one)).toContain("(CONTRIBUTING.md, Arrows)");
  });

  it.each(ALLOWED)("allows in %s/ an import of %s", (...one) => {
    expect(lint(one)).toBe("");
  });

  it.each(BARRELS)("refuses in %s/ the provider's barrel", (...one) => {
    expect(lint(one)).toContain("The barrel costs ten seconds");
  });
});
