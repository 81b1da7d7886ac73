import { generateKeyPairSync } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  ImportPlaybackKeyPairCommand,
  ListPlaybackKeyPairsCommand,
  ServiceQuotaExceededException,
} from "@aws-sdk/client-ivs";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { reserved } from "#__tests__/aws/table/fixture/accounts.ts";
import { envelope } from "#__tests__/domain/live-state/support.ts";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { openTable } from "#aws/table/table.ts";
import { type DeployedCheckout, deployedCheckout } from "./fixture/checkout.ts";
import { rehearse } from "./fixture/rehearse.ts";

vi.setConfig({ testTimeout: 600_000 });

/** A deployed platform on which one thing after another goes wrong. */
let checkout: DeployedCheckout;

beforeAll(async () => {
  checkout = await deployedCheckout();
});
afterEach(() => checkout.endStreams());
afterAll(() => checkout?.[Symbol.asyncDispose]());

const sweepRule = "onair-dev-accounts-provisioning-unfinished-accounts";
const options = () => clientOptions(checkout.deployed.cloud);
const outputs = <Value>(name: string) => checkout.outputs[name] as Value;

/** What the API says of who is live: what people see. */
async function seenLive(): Promise<string[]> {
  const [apiId] = new URL(outputs<string>("api_url")).hostname.split(".");
  const answer = await fetch(`${checkout.deployed.cloud.endpoint}/_aws/execute-api/${apiId}/$default/public/live`);
  const { channels } = (await answer.json()) as { readonly channels: readonly { readonly name: string }[] };
  return channels.map(({ name }) => name);
}

/** However slow the machine is. */
const until = (isSo: () => unknown) => vi.waitFor(isSo, { timeout: 120_000, interval: 200 });

async function goLive(channel: string): Promise<void> {
  await checkout.send(await checkout.keyOf(channel));
  await checkout.untilLive(channel);
}

it("an outage of events is noticed and repaired by the runbook's commands", async () => {
  const shell = checkout.shell();
  const rules = ["each-minute", "rule"].map((name) => `onair-dev-accounts-live-state-${name}`);
  for (const name of rules) expect((await shell.paste(`aws events disable-rule --name ${name}`)).failed).toEqual([]);
  const { dead_letters_url: QueueUrl } = outputs<Record<string, { dead_letters_url: string }>>("queues")[
    "stream-state"
  ] ?? { dead_letters_url: "" };
  const ended = envelope(await checkout.arnOf("main-stage"), "Stream End", "st-ended", Date.now() - 3_600_000);
  const sqs = new SQSClient(options());
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(ended) }));
  sqs.destroy();
  await goLive("demo");
  expect(await seenLive()).toEqual([]);

  await rehearse("event-outage", shell, {
    Look: [
      {
        fails: ["npx onair doctor --aws"],
        check: ({ output }) => {
          expect(output).toMatch(/^fail +dead letters +1 in \S+$/m);
          expect(output).toMatch(/^demo +live /m);
          expect(JSON.parse(output.slice(output.lastIndexOf("["))).sort()).toEqual(rules);
        },
      },
    ],
    Do: [
      {
        check: async ({ output }) => {
          expect(output).toMatch(/^streams: listed 1, .*corrected 1,/m);
          expect(await seenLive()).toEqual(["demo"]);
        },
      },
      {
        check: async () => {
          const { output } = await shell.paste("aws events list-rules --name-prefix onair-dev-");
          const { Rules } = JSON.parse(output) as { readonly Rules: readonly { readonly State: string }[] };
          expect([...new Set(Rules.map(({ State }) => State))]).toEqual(["ENABLED"]);
        },
      },
      { check: ({ output }) => expect(output).toMatch(/^stream-state: 1 dead letters put back\.\naccounts: sent 0$/m) },
    ],
    "It is over when": [
      {
        check: ({ output }) => {
          expect(output).toMatch(/^ok +dead letters /m);
          expect(output).toMatch(/^ok +last observe pass /m);
        },
      },
    ],
  });
  await checkout.endStreams();
  await until(async () => expect(await seenLive()).toEqual([]));
});

it("a change of a live channel is carried out when its stream is over, by the runbook's commands", async () => {
  await goLive("main-stage");
  const latencyOf = async (name: string) => (await checkout.channel(name)).latencyMode;
  checkout.settings((dev) => {
    for (const channel of dev.channels) if (channel.name !== "backstage") channel.latencyMode = "NORMAL";
  });

  await rehearse("live-channel-change", checkout.shell(), {
    Look: [
      {
        fails: ["npx onair converge --check --aws"],
        check: ({ output }) => {
          expect(output).toMatch(/^main-stage +live /m);
          expect(output).toMatch(/^main-stage, channel: left, live since \S+; latencyMode LOW -> NORMAL$/m);
        },
      },
    ],
    Do: [
      {
        fails: ["npx onair converge --aws"],
        check: async () => {
          expect([await latencyOf("demo"), await latencyOf("main-stage")]).toEqual(["NORMAL", "LOW"]);
        },
      },
      { check: () => checkout.untilLive("main-stage", false) },
      { check: async () => expect(await latencyOf("main-stage")).toBe("NORMAL") },
    ],
    "It is over when": [
      {
        check: ({ output }) => {
          expect(output).toMatch(/^Nothing to do: all \d+ are as settings say\.$/m);
          expect(checkout.json("plans/platform/about.json")).toMatchObject({ changes: [] });
        },
      },
    ],
  });
});

it("quotas that are reached are shown, and made room in, by the runbook's commands", async () => {
  const importPair = async (name: string) => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const publicKeyMaterial = publicKey.export({ type: "spki", format: "pem" }).toString();
    await checkout.ivs.send(new ImportPlaybackKeyPairCommand({ name, publicKeyMaterial }));
  };
  for (const name of ["by-hand", "forgotten"]) await importPair(name);
  await expect(importPair("new")).rejects.toThrow(ServiceQuotaExceededException);
  checkout.settings((dev) => {
    dev.operations = { concurrentStreamsQuota: 1 };
  });
  await goLive("backstage");
  // A sign-up whose message was lost while the account was throttled, and no sweep until then.
  const shell = checkout.shell();
  await shell.paste(`aws events disable-rule --name ${sweepRule}`);
  const dynamodb = new DynamoDBClient(options());
  const store = createAccountStore(openTable(dynamodb, outputs<string>("table_name")));
  await store.reserve(reserved("cyd"), "Cyd");

  await rehearse("quota", shell, {
    Look: [
      {
        check: ({ output }) => {
          expect(output).toMatch(/^warn +quotas .* 1 of 1 streams at once$/m);
          expect(output).toMatch(/^warn +playback keys +3 of 3 in IVS; first signs: there is no room for a new one$/m);
        },
        learn: ({ output }) => {
          const { keyPairs } = JSON.parse(output.slice(output.indexOf("{\n"))) as {
            readonly keyPairs: readonly { readonly name: string; readonly arn: string }[];
          };
          return { PAIR: String(keyPairs.find(({ name }) => name === "forgotten")?.arn) };
        },
      },
    ],
    Do: [
      {},
      {
        check: async () => {
          const { keyPairs = [] } = await checkout.ivs.send(new ListPlaybackKeyPairsCommand({}));
          expect(keyPairs.map(({ name }) => name)).not.toContain("forgotten");
        },
      },
      {
        check: async ({ output }) => {
          expect(output).toMatch(/^accounts: sent 1$/m);
          await until(async () => expect(await store.read("cyd")).toMatchObject({ stage: "complete" }));
        },
      },
    ],
    "It is over when": [{ check: ({ output }) => expect(output).toMatch(/^ok +quotas .* 1 of 200 streams at once$/m) }],
  });
  await shell.paste(`aws events enable-rule --name ${sweepRule}`);
  dynamodb.destroy();
});

it("playback and stream keys that others know are made worth nothing by the runbook's commands", async () => {
  await goLive("backstage");
  const stolen = await checkout.keyOf("main-stage");
  const thief = await checkout.send(stolen);
  await checkout.untilLive("main-stage");
  const shell = checkout.shell();
  /** An address with a token by the first key of the platform. */
  const signed = async () => {
    const { output } = await shell.paste("npx onair playback-url --channel backstage --expires-in 1h --aws");
    return output.trim();
  };
  const play = async (address: string) => (await fetch(address)).status;
  const byOldKey = await signed();
  expect(await play(byOldKey)).toBe(200);

  await rehearse("key-compromise", shell, {
    Look: [{ check: ({ output }) => expect(output).toMatch(/^first /m) }],
    Do: [
      {
        fails: [
          "npx onair review plans/platform/plan.json --live-from-target --aws --markdown plans/review.md --json plans/review.json",
        ],
        check: () => {
          const { findings } = checkout.json("plans/review.json") as { findings: { rule: string; address: string }[] };
          expect(findings.map(({ rule }) => rule)).toEqual(["key-pair-lost", "kms-key-lost"]);
        },
      },
      {
        check: async () => {
          expect(await play(byOldKey)).toBe(403);
          expect(await play(await signed())).toBe(200);
        },
      },
      {
        check: async ({ output }) => {
          await thief.ended;
          expect((await (await checkout.send(stolen)).ended).code).not.toBe(0);
          const made = output.trim().split("\n").at(-1) ?? "";
          expect(made).toBe(await checkout.keyOf("main-stage"));
          expect(made).not.toBe(stolen);
          await goLive("main-stage");
        },
      },
    ],
    "It is over when": [
      {
        check: ({ output }) => {
          expect(output).not.toMatch(/^first /m);
          expect(output).toMatch(/^ok +playback keys .* december-2026 signs$/m);
        },
      },
    ],
  });
});
