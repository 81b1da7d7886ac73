import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteItemCommand, DynamoDBClient, ListTablesCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetStreamKeyCommand, IvsClient, ListChannelsCommand, ListStreamKeysCommand } from "@aws-sdk/client-ivs";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { amazon } from "#__tests__/local/fixture/amazon.ts";
import { client } from "#__tests__/local/fixture/own-cloud.ts";
import type { Keys } from "#__tests__/local/fixture/signature.ts";
import { addAccount, convergeBy } from "./fixture/converge-by.ts";
import { type DeliveryCloud, startDeliveryCloud } from "./fixture/delivery-cloud.ts";

const AUDIENCE = "sts.amazonaws.com";
const PULL_REQUEST = { aud: AUDIENCE, sub: "repo:example/onair:pull_request" };
const PRODUCTION = { aud: AUDIENCE, sub: "repo:example/onair:environment:production" };
const [PLAN, APPLY] = ["onair-delivery-dev-plan", "onair-delivery-dev-apply"];
const BRANCH = { aud: AUDIENCE, sub: "repo:example/onair:ref:refs/heads/main" };
const WATCH = "onair-delivery-dev-watch";
const isPlatforms = (name: string) => name.startsWith("onair-dev-");
const policyArn = (name: string) => `arn:aws:iam::000000000000:policy/${name}`;
const WORKLOADS = policyArn("onair-delivery-dev-workloads");
const ALLOW_ALL = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

let delivery: DeliveryCloud;
beforeAll(async () => {
  delivery = await startDeliveryCloud();
});
afterAll(() => delivery?.[Symbol.asyncDispose]());

const key = "onair/dev/platform.tfstate";
const lockOf = (end = "") => ({ LockID: { S: `${delivery.state.bucket}/${key}${end}` } });
const s3 = (keys: Keys) => new S3Client({ ...client(delivery.own.cloud, keys), forcePathStyle: true });
const table = (keys: Keys) => new DynamoDBClient(client(delivery.own.cloud, keys));
const putObject = (keys: Keys, Key: string) =>
  s3(keys).send(new PutObjectCommand({ Bucket: delivery.state.bucket, Key, Body: "{}" }));
const putItem = (keys: Keys, end = "") =>
  table(keys).send(new PutItemCommand({ TableName: delivery.state.table, Item: lockOf(end) }));
const channels = async () =>
  (await new IvsClient(client(delivery.own.cloud, delivery.own.root)).send(new ListChannelsCommand({}))).channels ?? [];
const denied = { name: expect.stringMatching(/^AccessDenied/) };

describe("a job of GitHub", () => {
  it.each([
    ["of another repository", PLAN, { ...PULL_REQUEST, sub: "repo:example/other:pull_request" }],
    ["of a repository whose name begins alike", PLAN, { ...PULL_REQUEST, sub: "repo:example/onair-two:pull_request" }],
    ["for another audience", PLAN, { ...PULL_REQUEST, aud: "elsewhere" }],
    ["of a pull request, to apply", APPLY, PULL_REQUEST],
    [
      "of the branch outside the environment, to apply",
      APPLY,
      { ...PRODUCTION, sub: "repo:example/onair:ref:refs/heads/main" },
    ],
    ["of another environment, to apply", APPLY, { ...PRODUCTION, sub: "repo:example/onair:environment:staging" }],
  ])("%s takes no role", async (_, role, claims) => {
    await expect(delivery.job(role, claims)).rejects.toThrow(/^403 .*AccessDenied/s);
  });
});

describe("the role of pull requests", () => {
  let keys: Keys;
  beforeAll(async () => {
    keys = await delivery.job(PLAN, PULL_REQUEST);
  });

  it("plans, without the lock", async () => {
    expect(await delivery.platform(keys).changes("-lock=false")).toHaveLength(6);
  });

  it("cannot apply: nothing is made", async () => {
    const { status, stderr } = await delivery
      .platform(keys)
      .run("apply", "-auto-approve", "-lock=false", "-input=false", "-no-color");
    expect(status).toBe(1);
    const said = stderr.replace(/\s*\n[│\s]*/g, " ");
    expect(said).toMatch(/not authorized to perform: iam:CreateRole because no identity-based policy allows/);
    expect(said).toMatch(/not authorized to perform: logs:CreateLogGroup on resource/);
    expect(said).toMatch(/ivs: CreateChannel, .* StatusCode: 403/);
    expect(said).toMatch(/not authorized to perform: cloudformation:CreateResource/);
    expect(said).toMatch(/not authorized to perform: s3:PutObject with an explicit deny/);
    expect(await channels()).toEqual([]);
  });

  it("writes no state and takes no lock", async () => {
    await expect(putObject(keys, key)).rejects.toMatchObject(denied);
    await expect(putObject(keys, `${key}.tflock`)).rejects.toMatchObject(denied);
    await expect(putItem(keys)).rejects.toMatchObject(denied);
    await expect(
      table(keys).send(new DeleteItemCommand({ TableName: delivery.state.table, Key: lockOf() })),
    ).rejects.toMatchObject(denied);
  });
});

describe("the role of merges", () => {
  let keys: Keys;
  beforeAll(async () => {
    keys = await delivery.job(APPLY, PRODUCTION);
  });
  const iam = (action: string, parameters: Readonly<Record<string, string>>) =>
    amazon(delivery.own.cloud.endpoint, keys).iam(action, parameters);

  /** Each way to more rights that IAM has, by its call. */
  const ways: [string, string, Readonly<Record<string, string>>][] = [
    [
      "attaches a policy to itself",
      "AttachRolePolicy",
      { RoleName: APPLY, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    ["writes a policy of its own", "PutRolePolicy", { RoleName: APPLY, PolicyName: "more", PolicyDocument: ALLOW_ALL }],
    ["takes off its boundary", "DeleteRolePermissionsBoundary", { RoleName: APPLY }],
    [
      "takes off what denies it more",
      "DetachRolePolicy",
      { RoleName: APPLY, PolicyArn: policyArn("onair-delivery-dev-apply-denied") },
    ],
    ["changes its boundary", "PutRolePermissionsBoundary", { RoleName: APPLY, PermissionsBoundary: WORKLOADS }],
    [
      "rewrites a boundary",
      "CreatePolicyVersion",
      { PolicyArn: WORKLOADS, PolicyDocument: ALLOW_ALL, SetAsDefault: "true" },
    ],
    ["lets others in", "UpdateAssumeRolePolicy", { RoleName: APPLY, PolicyDocument: TRUST }],
    [
      "makes a role without the boundary",
      "CreateRole",
      { RoleName: "onair-dev-free", AssumeRolePolicyDocument: TRUST },
    ],
    [
      "makes a role within another boundary",
      "CreateRole",
      {
        RoleName: "onair-dev-free",
        AssumeRolePolicyDocument: TRUST,
        PermissionsBoundary: policyArn("onair-delivery-dev-applies"),
      },
    ],
    [
      "makes a role of another name",
      "CreateRole",
      { RoleName: "free", AssumeRolePolicyDocument: TRUST, PermissionsBoundary: WORKLOADS },
    ],
    ["takes the boundary off a role that it made", "DeleteRolePermissionsBoundary", { RoleName: "onair-dev-small" }],
    ["makes a user", "CreateUser", { UserName: "free" }],
    ["makes a policy", "CreatePolicy", { PolicyName: "free", PolicyDocument: ALLOW_ALL }],
  ];

  it("applies under the lock, and a plan of pull requests then finds nothing to do", async () => {
    await delivery.platform(keys).apply();
    expect((await channels()).map(({ name }) => name)).toEqual(["onair-dev-stage"]);
    expect(await delivery.platform(await delivery.job(PLAN, PULL_REQUEST)).changes("-lock=false")).toEqual([]);
  });

  it.each(ways)("is refused where it %s", async (_, action, parameters) => {
    await expect(iam(action, parameters)).rejects.toThrow(/^403 .*AccessDenied/s);
  });

  it("carries out by converge what Terraform does not, in the channels and rooms of users", async () => {
    const { cloud, root } = delivery.own;
    const [tableName = ""] = (await table(root).send(new ListTablesCommand({}))).TableNames?.filter(isPlatforms) ?? [];
    await addAccount(cloud, root, tableName, "ana");
    const checked = await convergeBy(cloud, await delivery.job(WATCH, BRANCH), tableName, true);
    expect(checked.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["channel", "differs"],
      ["room", "differs"],
    ]);
    const changed = await convergeBy(cloud, keys, tableName, false);
    expect(changed.map(({ kind, outcome, why }) => [kind, outcome, why])).toEqual([
      ["channel", "changed", undefined],
      ["room", "changed", undefined],
    ]);
    expect(changed[0]?.differences.map(({ attribute }) => attribute).sort()).toEqual(["authorized", "latencyMode"]);
    expect(await convergeBy(cloud, keys, tableName, false)).toEqual([]);
  });

  it("writes no state but the platform's", async () => {
    await expect(putObject(keys, "onair/dev/delivery.tfstate")).rejects.toMatchObject(denied);
    await expect(putObject(keys, "onair/dev/state.tfstate")).rejects.toMatchObject(denied);
  });

  it("becomes no administrator by that policy either, once somebody has attached it", async () => {
    await delivery.owner.iam("AttachRolePolicy", {
      RoleName: APPLY,
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    for (const [, action, parameters] of ways) {
      await expect(iam(action, parameters), action).rejects.toThrow(/^403 .*AccessDenied/s);
    }
  });
});

describe("what a pull request synthesized", () => {
  it("is checked, planned by that role without a lock, and kept for a review: the roles of delivery, too", async () => {
    const keys = await delivery.job(PLAN, PULL_REQUEST);
    expect(await delivery.workflow(keys, "check-synthesized", "synthesized")).toMatchObject({
      status: 0,
      stdout: "synthesized has what our stacks have, and nothing else.\n",
    });
    expect(await delivery.workflow(keys, "plan-synthesized", "synthesized", "--out", "plans")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^delivery: .*\nplatform: .*\n$/),
    });
    const plan = JSON.parse(readFileSync(join(delivery.own.folder, "plans/platform/plan.json"), "utf8"));
    expect(plan.errored).toBe(false);
  });
});

describe("what nobody who plans can read", () => {
  it.each([
    ["pull requests", () => delivery.job(PLAN, PULL_REQUEST)],
    ["people", () => delivery.developer()],
  ])("is a stream key or a secret, by the role of %s", async (_, take) => {
    const keys = await take();
    const ivs = (as: Keys) => new IvsClient(client(delivery.own.cloud, as));
    const [channel] = await channels();
    const { streamKeys = [] } = await ivs(delivery.own.root).send(
      new ListStreamKeysCommand({ channelArn: channel?.arn }),
    );
    await expect(ivs(keys).send(new GetStreamKeyCommand({ arn: streamKeys[0]?.arn }))).rejects.toMatchObject(denied);
    const secrets = new SecretsManagerClient(client(delivery.own.cloud, keys));
    await expect(
      secrets.send(new GetSecretValueCommand({ SecretId: "onair-dev/playback-keys/first" })),
    ).rejects.toMatchObject(denied);
  });
});

describe("the role of people", () => {
  it("is taken by whom the settings name, and by nobody else", async () => {
    await expect(delivery.developer("stranger")).rejects.toThrow(/^403 .*AccessDenied/s);
  });

  it("plans under the lock, and writes neither state nor digest", async () => {
    const keys = await delivery.developer();
    expect(await delivery.platform(keys).changes()).toEqual([]);
    await expect(putObject(keys, key)).rejects.toMatchObject(denied);
    await expect(putItem(keys, "-md5")).rejects.toMatchObject(denied);
  });

  it("takes both halves of a lock, says beside it what is carried out, and frees them", async () => {
    const keys = await delivery.developer();
    await putItem(keys);
    await putItem(keys, "@ana@laptop");
    await putObject(keys, `${key}.tflock`);
    await s3(keys).send(new DeleteObjectCommand({ Bucket: delivery.state.bucket, Key: `${key}.tflock` }));
    await table(keys).send(new DeleteItemCommand({ TableName: delivery.state.table, Key: lockOf() }));
  });
});
