import { list, statementsOf } from "../policies.ts";

/** One action on one resource that a statement of a role's own policy allows. */
export interface Grant {
  /** The role's name. */
  readonly role: string;
  readonly sid: string;
  readonly action: string;
  /** An ARN, perhaps with `*`. */
  readonly resource: string;
}

interface Policy {
  readonly role: string;
  readonly document: string;
}

const grantsIn = ({ role, document }: Policy): Grant[] =>
  (statementsOf(document) ?? [])
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Sid = "", Action, Resource }) =>
      list(Action).flatMap((action) => list(Resource).map((resource) => ({ role, sid: Sid, action, resource }))),
    );

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

const ATTACHED = new Set(["aws_iam_role_policy_attachment", "aws_iam_policy_attachment"]);

/**
 * What the roles of a deployed stack may do.
 *
 * @param state what `terraform state pull` prints, where every name is known
 */
export function grantsInState(state: string): Grant[] {
  const { resources } = JSON.parse(state) as State;
  const attached = resources.find(({ type }) => ATTACHED.has(type));
  if (attached !== undefined) throw new Error(`Policies by ${attached.type} are not read here`);
  return resources
    .filter(({ type }) => type === "aws_iam_role_policy")
    .flatMap(({ instances }) => instances)
    .flatMap(({ attributes }) => grantsIn({ role: String(attributes.role), document: String(attributes.policy) }));
}

type Blocks = Record<string, Record<string, unknown>>;

const reference = /\$\{[^}]+\}/g;

/**
 * What the roles of a synthesized stack may do. What only a deployment knows stands as `*`, so that it takes more for
 * granted than {@link grantsInState}.
 *
 * @param json the stack as Terraform reads it
 */
export function grantedActions(json: { readonly resource?: Record<string, Blocks> }): Grant[] {
  const roles = json.resource?.aws_iam_role ?? {};
  const nameOf = (role: string) => String(roles[/aws_iam_role\.([\w-]+)\./.exec(role)?.[1] ?? ""]?.name ?? role);
  return Object.values(json.resource?.aws_iam_role_policy ?? {}).flatMap(({ role, policy }) =>
    grantsIn({ role: nameOf(String(role)), document: String(policy).replaceAll(reference, "*") }),
  );
}
