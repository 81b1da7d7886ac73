import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";

/** A user as the pool has them, without what is personal. */
export interface PoolUser {
  /** For example `CONFIRMED`. */
  readonly status: string;
  readonly enabled: boolean;
}

/** The sub of whoever has an e-mail address; undefined where nobody has. */
export async function subByEmail(
  cognito: CognitoIdentityProviderClient,
  userPoolId: string,
  email: string,
): Promise<string | undefined> {
  const Filter = `email = "${email.replace(/["\\]/g, "\\$&")}"`;
  const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId: userPoolId, Filter, Limit: 1 }));
  return Users[0]?.Attributes?.find(({ Name }) => Name === "sub")?.Value;
}

/** Undefined when the pool has no such user. */
export async function readPoolUser(
  cognito: CognitoIdentityProviderClient,
  userPoolId: string,
  sub: string,
): Promise<PoolUser | undefined> {
  try {
    const { UserStatus = "UNKNOWN", Enabled = false } = await cognito.send(
      new AdminGetUserCommand({ UserPoolId: userPoolId, Username: sub }),
    );
    return { status: UserStatus, enabled: Enabled };
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}
