import type { ApiRoute } from "../../api/routes.ts";
import type { Hash } from "../canonical.ts";
import type { Plan, ResourceChange, StackPlan } from "../plan.ts";

/** A stream that is on air while the plan is reviewed. */
export interface LiveChannel {
  /** How long, for people: a time of ISO 8601. */
  readonly since: string;
}

/** A channel or room that names a configuration on the target. */
export interface ConfigurationUser {
  readonly arn: string;
  readonly name: string;
}

/** What is known besides the plans. What is not known is not judged. */
export interface Facts {
  /** By channel ARN. @default nobody asked who is live */
  readonly liveChannels?: ReadonlyMap<string, LiveChannel>;
  /** Who uses a recording or logging configuration now, by the configuration's ARN. @default what the plan knows */
  readonly users?: ReadonlyMap<string, readonly ConfigurationUser[]>;
  /** How many of a type there are on the target, by Terraform's name of the type. @default those of the plan */
  readonly present?: ReadonlyMap<string, number>;
  /** How many of a type an account may have in a region, likewise. @default none is held */
  readonly quotas?: ReadonlyMap<string, number>;
  /** Names of the channels that the settings call private. @default none is held to be */
  readonly privateChannels?: ReadonlySet<string>;
  /** Routes that may be called by everyone. */
  readonly routes: readonly ApiRoute[];
}

/** Why a rule speaks, of one change of a plan. */
export interface Objection {
  readonly address: string;
  /** What the plan and the service say of it: names, ARNs, statements; of any origin. */
  readonly details: readonly string[];
  /** Carries out what Terraform should not, where a command can. */
  readonly command?: string;
}

/** Something that no plan may do unless people have said so. */
export interface Rule {
  /** Stable; what an allowance names. */
  readonly id: string;
  /** One sentence: what is wrong. */
  readonly reason: string;
  /** One sentence: what to do instead. */
  readonly remedy: string;
  readonly find: (plan: Plan, facts: Facts) => readonly Objection[];
}

/** A rule that a plan breaks. */
export interface Finding extends Objection {
  readonly stack: string;
  /** @default the address alone is known */
  readonly path?: string;
  readonly rule: string;
  readonly reason: string;
  readonly remedy: string;
  /** Of this change alone: what an allowance for it must name. */
  readonly hash: string;
  /** Why people let it pass, where they have. */
  readonly allowed?: string;
}

export interface GuardInput {
  readonly plans: readonly StackPlan[];
  readonly facts: Facts;
  readonly hash: Hash;
}

/** Resources of a type that are made, changed or replaced. */
export const written = (plan: Plan, ...types: readonly string[]): readonly ResourceChange[] =>
  plan.changes.filter(
    ({ mode, type, action }) =>
      mode === "managed" && types.includes(type) && ["create", "update", "replace"].includes(action),
  );

/** Resources of a type that are not there afterwards as they were. */
export const lost = (plan: Plan, ...types: readonly string[]): readonly ResourceChange[] =>
  plan.changes.filter(
    ({ mode, type, action }) =>
      mode === "managed" && types.includes(type) && (action === "delete" || action === "replace"),
  );
