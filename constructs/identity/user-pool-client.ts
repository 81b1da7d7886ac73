import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client/index.js";
import { Construct } from "constructs";
import { checkRange } from "../core/check.ts";
import { physicalName } from "../core/name.ts";
import type { IUserPool } from "./user-pool.ts";

export interface UserPoolClientProps {
  readonly userPool: IUserPool;
  /** How long access and id tokens are good for, 5 to 1440. @default 60 */
  readonly tokenMinutes?: number;
  /** How long a session lasts without a sign-in, 1 to 3650. @default 30 */
  readonly refreshTokenDays?: number;
}

/** How long an old refresh token still works: a page may lose the answer that brought the new one, or be open twice. */
const RETRY_GRACE_SECONDS = 30;

/**
 * How a web page signs users in: by SRP, so that no password leaves it, and without a secret, since a page can keep none.
 * Each refresh brings a new refresh token. Whether a user exists is not told to whoever asks.
 */
export class UserPoolClient extends Construct {
  /** The underlying `aws_cognito_user_pool_client`. */
  readonly resource: CognitoUserPoolClient;

  constructor(
    scope: Construct,
    id: string,
    { userPool, tokenMinutes = 60, refreshTokenDays = 30 }: UserPoolClientProps,
  ) {
    super(scope, id);
    checkRange(this, "tokenMinutes", tokenMinutes, { minimum: 5, maximum: 1440, unit: "minutes" });
    checkRange(this, "refreshTokenDays", refreshTokenDays, { minimum: 1, maximum: 3650, unit: "days" });
    this.resource = new CognitoUserPoolClient(this, "Resource", {
      name: physicalName(this),
      userPoolId: userPool.userPoolId,
      generateSecret: false,
      // Without ALLOW_REFRESH_TOKEN_AUTH, which Cognito refuses beside rotation.
      explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      refreshTokenRotation: [{ feature: "ENABLED", retryGracePeriodSeconds: RETRY_GRACE_SECONDS }],
      enableTokenRevocation: true,
      preventUserExistenceErrors: "ENABLED",
      accessTokenValidity: tokenMinutes,
      idTokenValidity: tokenMinutes,
      refreshTokenValidity: refreshTokenDays,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "days" }],
      readAttributes: ["email", "email_verified", "nickname"],
      writeAttributes: ["email", "nickname"],
    });
  }

  get clientId(): string {
    return this.resource.id;
  }

  get outputs(): Record<string, string> {
    return { id: this.clientId };
  }
}
