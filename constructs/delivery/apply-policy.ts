import type { AwsStack } from "../core/aws-stack.ts";
import type { NamelessStatement, Statement } from "../core/policy.ts";
import { convergeRows, type Names, onOwnRows, readRows } from "./read-policy.ts";
import { actionsOf, actionsOnAll, roleArn, SERVICES_WITH_RESOURCES } from "./services.ts";
import { decrypt, readStates, type States, stateKeyOf, takeLocks, writeStates } from "./state-access.ts";
import { policyArn } from "./within-boundary.ts";

export interface ApplyProps {
  readonly names: Names;
  readonly states: States;
  /** Keys of the states that it may write: those of the stacks that it applies. */
  readonly writes: readonly string[];
  /** The name of the boundary that every role has which it makes. */
  readonly workloadBoundary: string;
}

/** Makes a role, and gives it rights. */
const GIVES_RIGHTS = ["iam:CreateRole", "iam:PutRolePolicy"];

/** Reads and writes a state that has a key of its own. */
const USES_KEY = ["kms:Decrypt", "kms:GenerateDataKey"];

/** Recording and chat logging have roles of the service's own, which their first configuration makes. */
const rolesOfServices = (stack: AwsStack): Statement => ({
  sid: "RolesOfServices",
  actions: ["iam:CreateServiceLinkedRole", "iam:AttachRolePolicy", "iam:PutRolePolicy"],
  resources: ["ivs", "ivschat"].map((service) => roleArn(stack, `aws-service-role/${service}.amazonaws.com/*`)),
});

/**
 * What applies may do. They give no right that they have not: roles are made and given rights within the boundary of workloads
 * alone, policies are not written at all, and the roles of delivery are out of reach. `apply-denials.ts` is the rest of it.
 */
export function applyStatements(stack: AwsStack, props: ApplyProps): Statement[] {
  const { names } = props;
  return [
    ...SERVICES_WITH_RESOURCES.map((one) => ({
      sid: one.name,
      actions: actionsOf(one, one.changes ? one.writes : [...one.reads, ...one.writes]),
      resources: (one.changes ?? one.resources)(stack, names.resources),
    })),
    ...SERVICES_WITH_RESOURCES.filter(({ changes }) => changes !== undefined).map((one) => ({
      sid: `Read${one.name}`,
      actions: actionsOf(one, one.reads),
      resources: one.resources(stack, names.resources),
    })),
    { sid: "OnAll", actions: [...actionsOnAll("reads"), ...actionsOnAll("writes")], resources: ["*"] },
    onOwnRows(stack, names, ["GetItem", "PutItem", "UpdateItem", "DeleteItem"]),
    // After an apply, what the provider cannot carry out is carried out by converge.
    readRows(stack, names),
    convergeRows(stack, names),
    {
      sid: "RolesWithinBoundary",
      actions: GIVES_RIGHTS,
      resources: [roleArn(stack, names.resources)],
      conditions: { StringEquals: { "iam:PermissionsBoundary": policyArn(stack, props.workloadBoundary) } },
    },
    rolesOfServices(stack),
    {
      sid: "RolesForFunctions",
      actions: ["iam:PassRole"],
      resources: [roleArn(stack, names.resources)],
      conditions: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    },
  ];
}

/** Reads all states, takes their locks, and writes those of what it applies. */
export const applyStates = (stack: AwsStack, { states, writes }: ApplyProps): Statement[] => [
  ...readStates(stack, states),
  ...takeLocks(stack, states),
  ...writeStates(stack, states, writes),
  ...decrypt(stack, states, ["kms:GenerateDataKey"]).map((one) => ({ ...one, sid: "WriteByStateKey" })),
];

/**
 * The boundary of who applies: the same actions, whatever else is attached to the role. It says services, not names, and its
 * statements have none, since AWS gives a boundary 6,144 characters. What it says of roles and of keys is held in by
 * `apply-denials.ts`: no role is made, or given rights, but within the boundary of workloads, and no key opens what is not in S3.
 */
export function applyBoundary(stack: AwsStack, props: ApplyProps): NamelessStatement[] {
  const services = SERVICES_WITH_RESOURCES.filter(({ prefix }) => prefix !== "iam").map(({ prefix }) =>
    anyOf(stack, prefix),
  );
  return [
    {
      actions: [
        ...SERVICES_WITH_RESOURCES.flatMap((one) => actionsOf(one, [...one.reads, ...one.writes])),
        ...["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"].map((name) => `dynamodb:${name}`),
        ...["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        ...GIVES_RIGHTS,
        "iam:PassRole",
        ...(stateKeyOf(stack, props.states) === undefined ? [] : USES_KEY),
      ],
      resources: [...services, roleArn(stack, props.names.resources)],
    },
    { actions: [...actionsOnAll("reads"), ...actionsOnAll("writes")], resources: ["*"] },
    nameless(rolesOfServices(stack)),
  ];
}

const nameless = ({ sid: _, ...statement }: Statement): NamelessStatement => statement;

/** Anything of one service. */
const anyOf = ({ partition }: AwsStack, prefix: string): string =>
  prefix === "s3" ? `arn:${partition}:s3:::*` : `arn:${partition}:${prefix}:*:*:*`;
