import { generateKeyPairSync, sign } from "node:crypto";
import { join } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import jwt from "jsonwebtoken";
import { fingerprintOf } from "#aws/playback/fingerprint.ts";
import { createSecretSigner } from "#aws/playback/secret-signer.ts";
import { makeClaims, type PlaybackClaims } from "#domain/playback/claims.ts";
import { type Bench, median } from "./bench.ts";
import { measureBundles } from "./support/handler-load.ts";
import { handlerConstants } from "./support/handler-needs.ts";

const rounds = 10;
const tokensInRound = 200;

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** Our signer, whose secret is read without a service. */
function ourSigner() {
  const secrets = new SecretsManagerClient({ region: "us-west-2" });
  secrets.middlewareStack.add(() => async () => ({ output: { $metadata: {}, SecretString: pem }, response: {} }));
  return createSecretSigner({ secrets, secretId: "key", fingerprint: fingerprintOf(publicKey), now: Date.now });
}

const claimsOf = (at: number): PlaybackClaims =>
  makeClaims(
    {
      ...{ channelArn: "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456", lifetimeSeconds: 300 },
      ...{ origins: ["https://live.example.com"], strictOrigin: true, viewerId: `viewer-${at}` },
    },
    Date.now(),
  );

/** Ways to sign, one token after the other. */
const signer = ourSigner();
const ways = {
  ours: (at: number) => signer.sign(claimsOf(at)),
  // As its documentation has it: the key as the PEM that it is kept as.
  jsonwebtoken: async (at: number) => jwt.sign({ ...claimsOf(at) }, pem, { algorithm: "ES384", noTimestamp: true }),
  "jsonwebtoken with a key that is read once": async (at: number) =>
    jwt.sign({ ...claimsOf(at) }, privateKey, { algorithm: "ES384", noTimestamp: true }),
  "node:crypto's bare signature": async (at: number) =>
    sign("sha384", Buffer.from(`a text ${at}, as long as what is signed`.padEnd(330, ".")), {
      ...{ key: privateKey, dsaEncoding: "ieee-p1363" as const },
    }),
} as const;
type Way = keyof typeof ways;
const names = Object.keys(ways) as Way[];

/** Tokens a second of each way, round by round: what else the machine does meets all. */
async function measureSigners(): Promise<Record<Way, number[]>> {
  const perSecond: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      for (let at = 0; at < tokensInRound; at++) await ways[name](at);
      // The first round warms up.
      if (round >= 0) perSecond[name]?.push((tokensInRound / (performance.now() - start)) * 1000);
    }
  }
  return perSecond as Record<Way, number[]>;
}

const ratios = (own: readonly number[], other: readonly number[]) =>
  median(own.map((value, round) => value / (other[round] ?? Number.NaN)));

export const tokens: Bench = {
  title:
    "playback tokens by one core, beside jsonwebtoken and Node's bare signature (the limit); loading the function, " +
    "beside one with whole clients and jsonwebtoken (peers/bundle)",
  async run() {
    const perSecond = await measureSigners();
    const handlersFolder = join(import.meta.dirname, "peers/bundle");
    const loaded = await measureBundles([
      { handler: "playback-token", constants: handlerConstants() },
      { handler: "playback-token-in-one", handlersFolder },
    ]);
    const [own, peer] = loaded;
    if (!own || !peer) throw new Error("a bundle was not measured");
    return {
      measurements: [
        ...names.map((what) => ({ what: `${what}, each second`, unit: "tokens" as const, samples: perSecond[what] })),
        ...["ours", "peer"].flatMap((what, at) => [
          { what: `${what}, size`, unit: "KB" as const, samples: [loaded[at]?.kilobytes ?? Number.NaN] },
          { what: `${what}, load`, unit: "ms" as const, samples: loaded[at]?.loadMilliseconds ?? [] },
          { what: `${what}, memory then`, unit: "MB" as const, samples: loaded[at]?.megabytes ?? [] },
        ]),
      ],
      goals: [
        {
          what: "tokens a second, ours / jsonwebtoken's",
          value: ratios(perSecond.ours, perSecond.jsonwebtoken),
          bound: { atLeast: 1 },
        },
        {
          what: "tokens a second, ours / what Node can sign",
          value: ratios(perSecond.ours, perSecond["node:crypto's bare signature"]),
          bound: { atLeast: 0.6 },
        },
        {
          what: "load time, the peer's / ours",
          value: ratios(peer.loadMilliseconds, own.loadMilliseconds),
          bound: { atLeast: 0.9 },
        },
      ],
    };
  },
};
