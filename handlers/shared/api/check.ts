import * as v from "valibot";
import { type FieldError, invalidRequest } from "./problem.ts";
import type { Schema } from "./route.ts";

/** The parts of a request that rules are for. */
export type Part = "path" | "query" | "body" | "header";

/** Fields whose values are not repeated to anyone: who knows a guest's secret is that guest. */
const secretFields: ReadonlySet<string> = new Set(["body.guest", "body.url"]);

const mostErrors = 10;
const mostSigns = 60;

/** Escapes what would hide or turn something where the text is shown. */
const shown = (text: string): string =>
  text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);

/** What kind of thing a value is, and nothing of what it says. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return `a text of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function describe(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return kindOf(value);
  return value.length <= mostSigns ? `"${shown(value)}"` : `"${shown(value.slice(0, mostSigns))}…", ${kindOf(value)}`;
}

/** The rule in words that can follow a field's name. Schemas that matter bring their own words. */
function ruleOf({ message, expected, received }: v.BaseIssue<unknown>, isUnknown: boolean): string {
  if (isUnknown) return "must not be there";
  if (received === "undefined") return "must be there";
  if (!message.startsWith("Invalid ")) return message;
  return expected === "Object" ? "must be an object" : `must be ${expected ?? "something else"}`;
}

function errorOf(part: Part, issue: v.BaseIssue<unknown>): FieldError {
  const path = issue.path?.map(({ key }) => shown(String(key)).slice(0, mostSigns)) ?? [];
  const field = [part, ...path].join(".");
  const isUnknown = issue.expected === "never";
  const value = issue.path?.at(-1)?.value ?? issue.input;
  const got =
    isUnknown || secretFields.has(field) ? kindOf(value) : describe(issue.received === "undefined" ? undefined : value);
  return { field, rule: ruleOf(issue, isUnknown), got };
}

/** A part of a request, as its schema gives it. @throws Problem INVALID_REQUEST, with every field that breaks a rule */
export function check(part: Part, schema: Schema, value: unknown): unknown {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw invalidRequest(parsed.issues.slice(0, mostErrors).map((issue) => errorOf(part, issue)));
}
