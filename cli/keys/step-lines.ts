import type { DeployedKey } from "../onair/platform.ts";
import { localTime, timeFrom } from "../terminal/local-time.ts";
import type { RingChange, RotationStep } from "./next-step.ts";

/** What the words of a step need to know beside it. */
export interface StepContext {
  readonly deployed: readonly DeployedKey[];
  /** Keys that are in the settings and kept in Secrets Manager. */
  readonly own: readonly string[];
  /** How the settings are deployed. */
  readonly deploy: string;
  /** The command, as it is to be typed once more. */
  readonly again: string;
  readonly now: number;
}

/** A step for who reads it: what was done or is to be waited for, what the next plan may change, what to type next. */
export function stepLines(step: Exclude<RotationStep, { kind: "blocked" }>, context: StepContext): string[] {
  const { deploy, again } = context;
  const next = `Next: ${deploy}; then: ${again}`;
  switch (step.kind) {
    case "add":
      return [
        `Added ${step.name} to cdktf.json, as the second key.`,
        planLine({ added: [step.name], removed: [] }, context),
        next,
      ];
    case "deploy":
      return [
        `cdktf.json is ahead: ${changeWords(step.change)}.`,
        planLine(step.change, context),
        ...when(step, context),
        next,
      ];
    case "wait":
      return [waitLine(step, context), `Next: ${again}, then or with --wait`];
    case "make-first":
      return [
        `Made ${step.name} the first key in cdktf.json: it signs, and ${step.old} stays trusted.`,
        planLine({ added: [], removed: [] }, context),
        next,
      ];
    case "remove":
      return [
        `Removed ${step.name} from cdktf.json.`,
        planLine({ added: [], removed: [step.name] }, context),
        `What ${step.name} signed is worth nothing then, also what was made by hand to last longer.`,
        ...unusedSecrets([step.name], context),
        next,
      ];
    case "done":
      return [`${step.signs} signs, alone. Nothing is left to do.`];
  }
}

const names = (list: readonly string[]): string => list.join(", ");

const changeWords = ({ added, removed, signs }: RingChange): string =>
  [
    added.length > 0 ? `it adds ${names(added)}` : "",
    removed.length > 0 ? `it drops ${names(removed)}` : "",
    signs === undefined ? "" : `${signs} is to sign`,
  ]
    .filter(Boolean)
    .join(", ");

/** What a plan of this change may touch; anything else in it is none of the rotation's. */
function planLine({ added, removed }: Omit<RingChange, "signs">, { own, deployed }: StepContext): string {
  const isOwn = (name: string) =>
    own.includes(name) || deployed.some((key) => key.name === name && key.kind === "secret");
  const parts = [
    ...added.map((name) => `makes key pair ${name}${isOwn(name) ? "" : ", its KMS key and alias"}`),
    ...removed.map((name) => `deletes key pair ${name}${isOwn(name) ? "" : ", its alias, and its KMS key in 30 days"}`),
    "changes function playback-token and its policy",
  ];
  const pairs = added.length + removed.length > 0 ? "no other pair" : "no pair";
  return `The next plan ${parts.join("; ")}; ${pairs}.`;
}

function when({ change, notBefore }: RotationStep & { kind: "deploy" }, { now, deployed }: StepContext): string[] {
  const time = notBefore === undefined ? [] : [`Not before ${timeWords(notBefore, now)}: viewers would be refused.`];
  return [...time, ...unusedSecrets(change.removed, { deployed })];
}

function waitLine(step: RotationStep & { kind: "wait" }, { now }: StepContext): string {
  const time = timeWords(step.until, now);
  if (step.for === "new-key") return `${step.key} is deployed; IVS may not know it everywhere before ${time}.`;
  return `Tokens that ${step.key} signed may begin playback until ${time}.`;
}

const timeWords = (time: number, now: number): string =>
  `${localTime(new Date(time))} (${timeFrom(new Date(time), new Date(now))})`;

const unusedSecrets = (removed: readonly string[], { deployed }: Pick<StepContext, "deployed">): string[] =>
  deployed.flatMap((key) =>
    key.kind === "secret" && removed.includes(key.name)
      ? [`Once deployed, secret ${key.secretName} is unused; it stays until you delete it.`]
      : [],
  );
