import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import { Construct } from "constructs";
import { AUDIENCE, GITHUB_HOST } from "./trust.ts";

/** What makes AWS believe the tokens of GitHub's jobs. */
export class GithubProvider extends Construct {
  readonly providerArn: string;

  /** @param existing the ARN of the account's own: it may have one of them @default a new one */
  constructor(scope: Construct, id: string, existing?: string) {
    super(scope, id);
    this.providerArn =
      existing ??
      new IamOpenidConnectProvider(this, "Resource", { url: `https://${GITHUB_HOST}`, clientIdList: [AUDIENCE] }).arn;
  }
}
