/** GitHub's own provider of tokens; an account has at most one. */
export const GITHUB_HOST = "token.actions.githubusercontent.com";

/** What GitHub's jobs name as who a token is for (aws-actions/configure-aws-credentials). */
export const AUDIENCE = "sts.amazonaws.com";

/** In whose name a job of GitHub runs, as its token says in `sub`: one of these, to the letter. */
export const subjects = {
  pullRequest: (repository: string): string => `repo:${repository}:pull_request`,
  branch: (repository: string, branch: string): string => `repo:${repository}:ref:refs/heads/${branch}`,
  environment: (repository: string, environment: string): string => `repo:${repository}:environment:${environment}`,
} as const;

/** Lets jobs of GitHub take a role, those alone that `sub` names. */
export function trustInJobs(providerArn: string, sub: readonly string[]): string {
  return trust({
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${GITHUB_HOST}:aud`]: AUDIENCE, [`${GITHUB_HOST}:sub`]: sub } },
  });
}

/** Lets users and roles take a role, each by its ARN. */
export function trustInPeople(arns: readonly string[]): string {
  return trust({ Principal: { AWS: arns }, Action: "sts:AssumeRole" });
}

function trust(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}
