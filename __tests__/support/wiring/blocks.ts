import { list, policiesOf } from "../policies.ts";

export type Block = Record<string, unknown>;
export type Resources = Record<string, Record<string, Block>>;

/** How the edges that start at one type of resource are found and judged. */
export type Rule = (block: Block, resources: Resources) => { to: string; missing: string[] }[];

/** The resource that a reference such as `${aws_s3_bucket.logs.bucket}` points at. */
export const target = (reference: unknown) =>
  /\$\{([a-z0-9_]+\.[\w-]+)\./.exec(String(reference))?.[1] ?? String(reference);

export const at = (block: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Block | undefined)?.[key], block);

export const missing = (needs: Record<string, boolean>) =>
  Object.entries(needs).flatMap(([need, met]) => (met ? [] : [need]));

/** The function that an ARN calls: an alias's own, where it names an alias. */
export const functionOf = (resources: Resources, arn: unknown): string => {
  const [type = "", id = ""] = target(arn).split(".");
  return type === "aws_lambda_alias" ? target(resources[type]?.[id]?.function_name) : target(arn);
};

/** An ARN of one service in the stack's own region and account. */
export const IN_THIS_ACCOUNT =
  /^arn:\$\{[^}]*partition[^}]*\}:[a-z-]+:[a-z0-9-]+:\$\{data\.aws_caller_identity\.[^}]*\}:.+$/;

/** A Lambda permission for a service to call a function, bound to the account and to who calls. */
export const permission = (resources: Resources, service: string, uri: unknown) => {
  const found = Object.entries(resources.aws_lambda_permission ?? {}).find(
    ([, block]) => block.principal === service && target(block.function_name) === functionOf(resources, uri),
  );
  return {
    address: `aws_lambda_permission.${found?.[0]}`,
    missing: missing({
      [`a permission for ${service}`]: found !== undefined,
      "its source account": String(at(found?.[1], "source_account")).includes("aws_caller_identity"),
      "its source ARN, of this region and account": IN_THIS_ACCOUNT.test(String(at(found?.[1], "source_arn"))),
    }),
  };
};

/** What a function's own role allows. */
export const roleAllows = (resources: Resources, role: unknown, action: string, resource: string) =>
  policiesOf({ aws_iam_role_policy: policiesOfRole(resources, role) }).some(({ statements }) =>
    statements.some(
      (one) => list(one.Action).includes(action) && list(one.Resource).some((arn) => target(arn) === resource),
    ),
  );

const policiesOfRole = (resources: Resources, role: unknown) =>
  Object.fromEntries(
    Object.entries(resources.aws_iam_role_policy ?? {}).filter(([, block]) => target(block.role) === target(role)),
  );
