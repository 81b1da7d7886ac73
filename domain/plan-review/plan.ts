/** What a plan does to one resource. `forget` leaves it to itself: Terraform no longer knows it. */
export type Action = "create" | "update" | "replace" | "delete" | "forget" | "read" | "no-op";

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What something is now and what it is to be. Null where it is not there. */
export interface ValueChange {
  readonly before: Json;
  readonly after: Json;
  /** True, or of the form of the value with true at its leaves, where `after` is known only when it is applied. */
  readonly afterUnknown: Json;
  /** Likewise, where a value must not be shown. */
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
}

export interface ResourceChange extends ValueChange {
  /** For example `aws_ivs_channel.stage_8D1C1D7B`. */
  readonly address: string;
  /** Where the state has it until now, if elsewhere. */
  readonly previousAddress?: string;
  readonly mode: "managed" | "data";
  /** For example `aws_ivs_channel`. */
  readonly type: string;
  /** Names an object that a broken-off replacement has left behind. */
  readonly deposed?: string;
  readonly action: Action;
  /** Only of a replacement. */
  readonly replaceOrder?: "delete-first" | "create-first";
  /** Attributes that force a replacement, each as the way to it. */
  readonly replacePaths: readonly (readonly (string | number)[])[];
  /** The id of what exists and is taken under Terraform. */
  readonly importing?: string;
}

export interface OutputChange extends ValueChange {
  readonly name: string;
  readonly action: Action;
}

/** A condition that the configuration states, and that the plan does not meet. */
export interface FailedCheck {
  readonly address: string;
  readonly messages: readonly string[];
}

/** A plan of Terraform's, as far as a review needs it. */
export interface Plan {
  readonly terraformVersion: string;
  readonly changes: readonly ResourceChange[];
  /** What was changed by others than Terraform since its last run. */
  readonly drift: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  readonly failedChecks: readonly FailedCheck[];
  /** Addresses whose plan waits for a later run, with Terraform's reason. */
  readonly deferred: readonly { readonly address: string; readonly reason: string }[];
  /** Planning broke off by an error: the plan cannot be applied, and may lack changes. */
  readonly errored: boolean;
  /** False where another plan must follow this one. */
  readonly complete: boolean;
  /** What the configuration says of each resource, by address: an attribute's name and its constant, if it is one. */
  readonly configured: ReadonlyMap<string, Readonly<Record<string, Json | undefined>>>;
  /** What the configuration says of each resource as a whole, by address and attribute: constants and references. */
  readonly expressions: ReadonlyMap<string, Readonly<Record<string, Json>>>;
  /** Which others each resource's attributes speak of, by address: `{bucket: ["aws_s3_bucket.one.bucket"]}`. */
  readonly references: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;
}

/** A plan and the stack that it is of. */
export interface StackPlan {
  /** For example `platform`. */
  readonly stack: string;
  readonly plan: Plan;
  /** Construct paths by address, for example `aws_ivs_channel.stage_8D1C1D7B` is `stage/Resource`. @default addresses are shown */
  readonly paths?: ReadonlyMap<string, string>;
  /** What the stack's JSON says of each resource, by address and attribute. @default what the plan has of it */
  readonly written?: ReadonlyMap<string, Readonly<Record<string, Json>>>;
}
