import type { Decision } from "./decisions.ts";
import type { Grant } from "./grants.ts";

/** A grant that is right though nobody is seen to use it, or a call that is refused by design. */
export interface Exception {
  /** The role's name ends so. @default every role */
  readonly role?: string;
  readonly action: string;
  /** The resource ends so. @default every resource */
  readonly resource?: string;
  readonly why: string;
}

/**
 * What Amazon does itself with a function's role. The local cloud does it for every function, without asking IAM: the
 * right to it is held by the tests of what is wired to what.
 */
export const DONE_BY_LAMBDA: readonly Exception[] = [
  { action: "logs:CreateLogStream", why: "Lambda writes a function's log under the function's role" },
  { action: "logs:PutLogEvents", why: "Lambda writes a function's log under the function's role" },
  { action: "sqs:ReceiveMessage", why: "Lambda polls a function's queue under the function's role" },
  { action: "sqs:DeleteMessage", why: "Lambda polls a function's queue under the function's role" },
  { action: "sqs:GetQueueAttributes", why: "Lambda polls a function's queue under the function's role" },
  { action: "dynamodb:DescribeStream", why: "Lambda reads a table's stream under the function's role" },
  { action: "dynamodb:GetRecords", why: "Lambda reads a table's stream under the function's role" },
  { action: "dynamodb:GetShardIterator", why: "Lambda reads a table's stream under the function's role" },
  { action: "dynamodb:ListStreams", why: "Lambda reads a table's stream under the function's role" },
  {
    action: "sqs:SendMessage",
    resource: "-dead-letters",
    why: "Lambda leaves what failed for good under the function's role",
  },
];

/** A pattern of IAM: `*` is any text, `?` any letter. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

const isUsed = (grant: Grant, decisions: readonly Decision[]): boolean =>
  decisions.some(
    ({ role, action, resource, allowed }) =>
      allowed && role === grant.role && action === grant.action && matches(grant.resource, resource),
  );

const isExcepted = (
  grant: Pick<Grant, "role" | "action" | "resource">,
  { role = "", action, resource = "" }: Exception,
): boolean => grant.role.endsWith(role) && grant.action === action && grant.resource.endsWith(resource);

export interface Judgement {
  /** Granted, and never used. */
  readonly inVain: readonly string[];
  /** Asked for, and not granted. */
  readonly missing: readonly string[];
  /** Exceptions for what is used after all, or granted to nobody, or never refused. */
  readonly needless: readonly string[];
}

/**
 * Compares what roles may do with what they were seen to do.
 *
 * @param exceptions beside {@link DONE_BY_LAMBDA}; each must be needed
 */
export function judgeRoles(
  grants: readonly Grant[],
  decisions: readonly Decision[],
  exceptions: readonly Exception[] = [],
): Judgement {
  const unused = grants.filter((grant) => !isUsed(grant, decisions));
  const excepted = (grant: Grant) => [...DONE_BY_LAMBDA, ...exceptions].some((one) => isExcepted(grant, one));
  const judged = new Set(grants.map(({ role }) => role));
  const refused = decisions.filter(({ role, allowed }) => judged.has(role) && !allowed);
  return {
    inVain: unused
      .filter((grant) => !excepted(grant))
      .map(({ role, sid, action, resource }) => `${role}: ${action} on ${resource} (${sid})`),
    missing: refused
      .filter((decision) => !exceptions.some((one) => isExcepted(decision, one)))
      .map(({ role, action, resource }) => `${role}: ${action} on ${resource}`),
    needless: exceptions
      .filter((exception) => ![...unused, ...refused].some((one) => isExcepted(one, exception)))
      .map(({ role = "", action, resource = "", why }) => `${role} ${action} ${resource}: ${why}`),
  };
}

/**
 * Holds that roles were seen to use everything that they may do, and asked for nothing more; to be called after the
 * platform was used in every way. Of a deployed cloud that was started with `recordDecisions`:
 *
 * ```ts
 * const state = await deployed.terraform("platform").must("state", "pull");
 * expectNothingInVain(grantsInState(state), decisionsOf(join(deployed.folder, "cloud")), exceptions);
 * ```
 */
export function expectNothingInVain(
  grants: readonly Grant[],
  decisions: readonly Decision[],
  exceptions: readonly Exception[] = [],
): void {
  const lines = Object.entries(judgeRoles(grants, decisions, exceptions)).flatMap(([kind, found]) =>
    found.map((line: string) => `${kind}: ${line}`),
  );
  if (lines.length > 0) throw new Error(lines.join("\n"));
}
