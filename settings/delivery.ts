import * as v from "valibot";
import { matching } from "./checks.ts";

/**
 * Who may plan and apply: jobs on GitHub by roles without keys, and people by a role of their own. Names are compared as they
 * are written, so a wildcard is none.
 */
export const deliverySettings = v.strictObject({
  /** For example `example/onair`. */
  repository: matching(
    /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9_.-]{1,100}$/,
    "is not a repository of GitHub, <owner>/<name>",
  ),
  /** What is merged there is deployed. @default "main" */
  branch: v.optional(matching(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,99}$/, "is not the name of a branch"), "main"),
  /** The environment on GitHub in whose name is applied: protect it. @default "production" */
  githubEnvironment: v.optional(
    matching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, "is not an environment's name of letters, digits, _ . or -"),
    "production",
  ),
  /** Of an account that trusts GitHub already: it may have one such provider. @default a new one */
  oidcProviderArn: v.optional(
    matching(
      /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
      "is not the ARN of the provider of GitHub, arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com",
    ),
  ),
  /** Users and roles who may plan from a laptop. @default nobody */
  developers: v.optional(
    v.array(
      matching(
        /^arn:aws[a-z-]*:iam::\d{12}:(user|role)\/[\w+=,.@/-]+$/,
        "is not the ARN of a user or role, arn:aws:iam::<account>:role/<name>",
      ),
      "is not a list",
    ),
    [],
  ),
});

export type DeliverySettings = v.InferOutput<typeof deliverySettings>;
