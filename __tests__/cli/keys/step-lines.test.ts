import { describe, expect, it } from "vitest";
import { type StepContext, stepLines } from "#cli/keys/step-lines.ts";
import { localTime } from "#cli/terminal/local-time.ts";

const now = 1_700_000_000_000;
const context: StepContext = {
  deployed: [
    { name: "a", kind: "kms", keyArn: "arn" },
    { name: "ours", kind: "secret", secretName: "onair-dev/playback-keys/ours", fingerprint: "f" },
  ],
  own: ["new-own"],
  deploy: "npx cdktf deploy platform",
  again: "onair keys rotate --new b --aws",
  now,
};
const next = "Next: npx cdktf deploy platform; then: onair keys rotate --new b --aws";
const at = (seconds: number) => localTime(new Date(now + seconds * 1000));

describe("a step of a rotation", () => {
  it.each<[Parameters<typeof stepLines>[0], readonly string[]]>([
    [
      { kind: "add", name: "b" },
      [
        "Added b to cdktf.json, as the second key.",
        "The next plan makes key pair b, its KMS key and alias; changes function playback-token and its policy; no other pair.",
        next,
      ],
    ],
    [
      { kind: "add", name: "new-own" },
      [
        "Added new-own to cdktf.json, as the second key.",
        "The next plan makes key pair new-own; changes function playback-token and its policy; no other pair.",
        next,
      ],
    ],
    [
      { kind: "make-first", name: "b", old: "a" },
      [
        "Made b the first key in cdktf.json: it signs, and a stays trusted.",
        "The next plan changes function playback-token and its policy; no pair.",
        next,
      ],
    ],
    [
      { kind: "remove", name: "a", signs: "b" },
      [
        "Removed a from cdktf.json.",
        "The next plan deletes key pair a, its alias, and its KMS key in 30 days; changes function playback-token and its policy; no other pair.",
        "What a signed is worth nothing then, also what was made by hand to last longer.",
        next,
      ],
    ],
    [
      { kind: "remove", name: "ours", signs: "b" },
      [
        "Removed ours from cdktf.json.",
        "The next plan deletes key pair ours; changes function playback-token and its policy; no other pair.",
        "What ours signed is worth nothing then, also what was made by hand to last longer.",
        "Once deployed, secret onair-dev/playback-keys/ours is unused; it stays until you delete it.",
        next,
      ],
    ],
    [
      { kind: "deploy", change: { added: ["b"], removed: [] } },
      [
        "cdktf.json is ahead: it adds b.",
        "The next plan makes key pair b, its KMS key and alias; changes function playback-token and its policy; no other pair.",
        next,
      ],
    ],
    [
      { kind: "deploy", change: { added: [], removed: [], signs: "b" }, notBefore: now + 90_000 },
      [
        "cdktf.json is ahead: b is to sign.",
        "The next plan changes function playback-token and its policy; no pair.",
        `Not before ${at(90)} (in 1 min 30 s): viewers would be refused.`,
        next,
      ],
    ],
    [
      { kind: "wait", for: "new-key", key: "b", until: now + 60_000 },
      [
        `b is deployed; IVS may not know it everywhere before ${at(60)} (in 1 min).`,
        "Next: onair keys rotate --new b --aws, then or with --wait",
      ],
    ],
    [
      { kind: "wait", for: "old-tokens", key: "a", until: now + 360_000 },
      [
        `Tokens that a signed may begin playback until ${at(360)} (in 6 min).`,
        "Next: onair keys rotate --new b --aws, then or with --wait",
      ],
    ],
    [{ kind: "done", signs: "b" }, ["b signs, alone. Nothing is left to do."]],
  ])("%j says what the next plan may change, and what to type", (step, lines) => {
    expect(stepLines(step, context)).toEqual(lines);
  });
});
