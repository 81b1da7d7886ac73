import * as v from "valibot";
import type { Action, Json, OutputChange, Plan, ResourceChange } from "./plan.ts";
import { PlanError } from "./plan-error.ts";

/** The format of `terraform show -json` that this reads; Terraform adds to it without changing the first number. */
const majorFormat = "1";

const text = v.string();
/** Any JSON; its type is said where it is read, since valibot would unfold it without end. */
const json = v.optional(v.unknown(), null);
const steps = v.array(v.union([text, v.number()]));

const valueChange = {
  actions: v.array(v.picklist(["no-op", "create", "read", "update", "delete", "forget"])),
  before: json,
  after: json,
  after_unknown: json,
  before_sensitive: json,
  after_sensitive: json,
};

const resourceChange = v.object({
  address: text,
  previous_address: v.optional(text),
  mode: v.picklist(["managed", "data"]),
  type: text,
  deposed: v.optional(text),
  change: v.object({
    ...valueChange,
    replace_paths: v.optional(v.array(steps), []),
    importing: v.optional(v.object({ id: v.optional(text, ""), identity: json })),
  }),
});

const check = v.object({
  address: v.object({ to_display: text }),
  status: text,
  instances: v.optional(
    v.array(v.object({ problems: v.optional(v.array(v.object({ message: v.optional(text, "") })), []) })),
    [],
  ),
});

const moduleConfiguration = v.object({
  resources: v.optional(
    v.array(v.object({ address: text, expressions: v.optional(v.record(text, v.unknown()), {}) })),
    [],
  ),
});

const planDocument = v.object({
  terraform_version: v.optional(text, "unknown"),
  resource_changes: v.optional(v.array(resourceChange), []),
  resource_drift: v.optional(v.array(resourceChange), []),
  output_changes: v.optional(v.record(text, v.object(valueChange)), {}),
  deferred_changes: v.optional(
    v.array(v.object({ reason: v.optional(text, "unknown"), resource_change: v.object({ address: text }) })),
    [],
  ),
  checks: v.optional(v.array(check), []),
  configuration: v.optional(v.object({ root_module: v.optional(moduleConfiguration, {}) }), {}),
  errored: v.optional(v.boolean(), false),
  complete: v.optional(v.boolean(), true),
});

/**
 * Reads what `terraform show -json` prints of a saved plan.
 *
 * @param document parsed JSON
 * @throws PlanError where it is something else, as the state or Terraform's stream of events
 */
export function readPlan(document: unknown): Plan {
  checkFormat(document);
  const parsed = v.safeParse(planDocument, document, { abortEarly: true });
  if (!parsed.success) {
    const { message, path } = parsed.issues[0] as { message: string; path?: readonly { key: unknown }[] };
    const place = path?.map(({ key }) => String(key)).join(".") ?? "";
    throw new PlanError(`not a plan at ${place}: ${message.replace(/ but received .*$/, "")}`);
  }
  const plan = parsed.output;
  const configured = plan.configuration.root_module.resources ?? [];
  return {
    terraformVersion: plan.terraform_version,
    changes: plan.resource_changes.map(resourceChangeOf),
    drift: plan.resource_drift.map(resourceChangeOf),
    outputs: Object.entries(plan.output_changes).map(([name, change]) => outputChangeOf(name, change)),
    failedChecks: plan.checks.filter(({ status }) => status === "fail" || status === "error").map(failedCheckOf),
    deferred: plan.deferred_changes.map(({ reason, resource_change: { address } }) => ({ address, reason })),
    errored: plan.errored,
    complete: plan.complete,
    configured: eachExpression(configured, constantOf),
    expressions: eachExpression(configured, (said) => said),
    references: eachExpression(configured, referencesOf),
  };
}

/** Something of each attribute that the configuration has, by address. */
const eachExpression = <Value>(
  resources: readonly { readonly address: string; readonly expressions: Readonly<Record<string, unknown>> }[],
  read: (said: Json) => Value,
): ReadonlyMap<string, Readonly<Record<string, Value>>> =>
  new Map(
    resources.map(({ address, expressions }) => [
      address,
      Object.fromEntries(Object.entries(expressions).map(([name, said]) => [name, read(said as Json)])),
    ]),
  );

function checkFormat(document: unknown): void {
  const made = "Make one: terraform plan -out=tfplan, then terraform show -json tfplan";
  if (document === null || typeof document !== "object" || Array.isArray(document)) {
    throw new PlanError(`not a plan: no JSON object. ${made}`);
  }
  const { format_version: format } = document as { format_version?: unknown };
  if (typeof format !== "string") throw new PlanError(`not a plan: it has no format_version. ${made}`);
  if (format.split(".")[0] !== majorFormat) {
    throw new PlanError(`a plan of another format: format_version must be ${majorFormat}.x`);
  }
  if (!("planned_values" in document || "resource_changes" in document || "errored" in document)) {
    throw new PlanError(`not a plan: it has no planned_values, as a state has none. ${made}`);
  }
}

type ReadResourceChange = v.InferOutput<typeof resourceChange>;

function resourceChangeOf({ address, mode, type, change, ...rest }: ReadResourceChange): ResourceChange {
  const { actions, importing, replace_paths: replacePaths } = change;
  const order = replaceOrder(actions);
  return {
    ...{ address, mode, type, replacePaths },
    ...valuesOf(change),
    action: actionOf(actions),
    ...(order && { replaceOrder: order }),
    ...(rest.previous_address !== undefined && { previousAddress: rest.previous_address }),
    ...(rest.deposed !== undefined && { deposed: rest.deposed }),
    ...(importing && { importing: importing.id || JSON.stringify(importing.identity) }),
  };
}

type ReadChange = v.InferOutput<v.ObjectSchema<typeof valueChange, undefined>>;

function outputChangeOf(name: string, change: ReadChange): OutputChange {
  return { name, action: actionOf(change.actions), ...valuesOf(change) };
}

const valuesOf = (change: ReadChange) => ({
  before: change.before as Json,
  after: change.after as Json,
  afterUnknown: change.after_unknown as Json,
  beforeSensitive: change.before_sensitive as Json,
  afterSensitive: change.after_sensitive as Json,
});

function actionOf(actions: ReadChange["actions"]): Action {
  const [only = "no-op"] = actions;
  return actions.length > 1 ? "replace" : only;
}

/** `create, forget` leaves the old one where it is, as an order that begins with making the new one. */
function replaceOrder(actions: ReadChange["actions"]): ResourceChange["replaceOrder"] {
  if (actions.length < 2) return undefined;
  return actions[0] === "delete" ? "delete-first" : "create-first";
}

function failedCheckOf({ address, instances }: v.InferOutput<typeof check>) {
  const messages = instances.flatMap(({ problems }) => problems.map(({ message }) => message));
  return { address: address.to_display, messages };
}

function constantOf(said: Json): Json | undefined {
  if (said === null || typeof said !== "object" || Array.isArray(said)) return undefined;
  return (said as { constant_value?: Json }).constant_value;
}

/** Blocks have theirs further down, which no rule asks for. */
function referencesOf(said: Json): readonly string[] {
  if (said === null || typeof said !== "object" || Array.isArray(said)) return [];
  const { references } = said as { references?: Json };
  return Array.isArray(references) ? references.filter((one) => typeof one === "string") : [];
}
