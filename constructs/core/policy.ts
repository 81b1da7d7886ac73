/** One statement of an IAM policy, in plain words. It allows unless `effect` says otherwise. */
export interface Statement {
  /** Letters and digits; said by AWS when the statement denies a call. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  /** In a resource policy: who; an account by the ARN of its root. In a role's own policy: left out. */
  readonly principal?: { readonly service: string } | { readonly account: string } | "everyone";
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** Operator, then key, then values: `{ StringEquals: { "aws:SourceAccount": id } }`. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Whatever can be given a permission: a function, a role. */
export interface Grantee {
  /** Adds exactly this statement to what the grantee may do. */
  grant(statement: Statement): void;
}

function principalOf(principal: NonNullable<Statement["principal"]>): unknown {
  if (principal === "everyone") return "*";
  return "service" in principal ? { Service: principal.service } : { AWS: principal.account };
}

/** A statement without its name, where a policy has too few characters for names. */
export type NamelessStatement = Omit<Statement, "sid"> & { readonly sid?: undefined };

/** The JSON of a policy, in the order the statements were added. */
export function policyDocument(statements: readonly (Statement | NamelessStatement)[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", principal, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: effect,
      ...(principal && { Principal: principalOf(principal) }),
      Action: actions,
      Resource: resources,
      ...(conditions && { Condition: conditions }),
    })),
  });
}
