import { expect, it } from "vitest";
import { parseSettings } from "#settings/read-settings.ts";

const where = { file: "cdktf.json", path: "environments.dev" };
const read = (delivery: object) => parseSettings({ region: "eu-west-1", protect: false, delivery }, where).delivery;

it("needs the repository alone: the branch main, the environment production, and no developers", () => {
  expect(read({ repository: "example/onair" })).toEqual({
    repository: "example/onair",
    branch: "main",
    githubEnvironment: "production",
    developers: [],
  });
});

it.each([
  ["a repository with a wildcard", { repository: "example/*" }, "is not a repository of GitHub"],
  ["a branch with a wildcard", { repository: "a/b", branch: "release/*" }, "is not the name of a branch"],
  ["an environment with a colon", { repository: "a/b", githubEnvironment: "x:y" }, "is not an environment's name"],
  [
    "the provider of somebody else's tokens",
    { repository: "a/b", oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/example.com" },
    "is not the ARN of the provider of GitHub",
  ],
  ["everybody as a developer", { repository: "a/b", developers: ["*"] }, "is not the ARN of a user or role"],
  [
    "all of an account as developers",
    { repository: "a/b", developers: ["arn:aws:iam::111122223333:root"] },
    "is not the ARN of a user or role",
  ],
])("refuses %s", (_, delivery, rule) => {
  expect(() => read(delivery)).toThrow(rule);
});
