import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { github } from "./fixture.ts";

describe("the forms for issues", () => {
  it.each(["bug.yml", "idea.yml"])("%s have a name, a description, and fields of different ids", (file) => {
    const form = parse(github(`ISSUE_TEMPLATE/${file}`));
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    const ids = form.body.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("ask nobody for a secret", () => {
    expect(github("ISSUE_TEMPLATE/bug.yml")).toContain("Leave out stream keys, tokens and account ids.");
  });
});

describe("the template of a pull request", () => {
  it("is a list to tick off, and names the label that lets a destroy pass", () => {
    const template = github("pull_request_template.md");
    expect(template.match(/^- \[ \] /gm)?.length).toBeGreaterThanOrEqual(4);
    expect(template).toContain("`destroy-approved`");
  });
});

describe("the owners of code", () => {
  it("are nobody until a team puts itself in", () => {
    expect(
      github("CODEOWNERS")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#")),
    ).toEqual([]);
  });
});
