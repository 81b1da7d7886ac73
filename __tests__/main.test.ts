import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ProjectCopy } from "#__tests__/support/project-copy.ts";

const made: ProjectCopy[] = [];

function copy(name: string): ProjectCopy {
  const project = new ProjectCopy(name);
  made.push(project);
  return project;
}

/** Every file of the synthesized output, by its path. */
function outputOf({ folder }: ProjectCopy): Record<string, string> {
  const root = join(folder, "cdktf.out");
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((file) => join(file.parentPath, file.name))
      .map((file) => [relative(root, file), readFileSync(file, "utf8")])
      .sort(),
  );
}

afterAll(() => {
  for (const project of made) project.remove();
});

describe("npm run synth", { timeout: 60_000 }, () => {
  it("writes the same bytes twice, in two folders: Terraform and code", () => {
    const [here, there] = [copy("one-"), copy("another-longer-")];
    for (const project of [here, there]) expect(project.synth()).toMatchObject({ status: 0, stderr: "" });
    const output = outputOf(here);
    expect(Object.keys(output)).toContain("stacks/platform/cdk.tf.json");
    const bundles = Object.keys(output).filter((file) => file.endsWith("handler.mjs"));
    expect(bundles).toHaveLength(
      readdirSync("handlers").filter((name) => existsSync(`handlers/${name}/handler.ts`)).length,
    );
    expect(outputOf(there)).toEqual(output);
    for (const content of Object.values(output)) expect(content).not.toContain(here.folder);
  });

  it("says what is wrong with the settings in one line, and writes nothing", () => {
    const project = copy("bad-").change((settings) => {
      settings.region = "mars-1";
    });
    const { status, stderr } = project.synth();
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^cdktf\.json, environments\.dev\.region: "mars-1" is not one of us-east-1.*SETTINGS_INVALID\n$/,
    );
    expect(readdirSync(project.folder)).not.toContain("cdktf.out");
  });

  it("takes the environment from ONAIR_ENV", () => {
    const project = copy("prod-");
    expect(project.synth({ ONAIR_ENV: "prod" }).status).toBe(0);
    expect(outputOf(project)["stacks/platform/cdk.tf.json"]).toContain("onair/prod/platform.tfstate");
  });

  it("makes another environment of two pieces of JSON, without a line of TypeScript", () => {
    const project = copy("staging-").add("staging", { bucket: "onair-state-of-staging", region: "eu-west-1" });
    expect(project.synth({ ONAIR_ENV: "staging" })).toMatchObject({ status: 0, stderr: "" });
    const stack = JSON.parse(outputOf(project)["stacks/platform/cdk.tf.json"] ?? "");
    expect(stack.terraform.backend.s3).toMatchObject({
      bucket: "onair-state-of-staging",
      key: "onair/staging/platform.tfstate",
    });
    expect(stack.provider.aws[0]).toMatchObject({
      region: "eu-west-1",
      default_tags: [{ tags: { "onair:environment": "staging" } }],
    });
    const names = Object.values<{ function_name: string }>(stack.resource.aws_lambda_function);
    for (const { function_name } of names) expect(function_name).toMatch(/^onair-staging-/);
  });
});
