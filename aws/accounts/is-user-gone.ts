import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";

/**
 * Whether a pool has no user of that sub. Asked by name first, which is what a user's sub is who signed up here; then by
 * the attribute, since one who signed in by another provider has another name.
 */
export function createIsUserGone(cognito: CognitoIdentityProviderClient, UserPoolId: string) {
  async function hasName(sub: string): Promise<boolean> {
    try {
      await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: sub }));
      return true;
    } catch (error) {
      if (error instanceof UserNotFoundException) return false;
      throw error;
    }
  }

  async function hasSub(sub: string): Promise<boolean> {
    let PaginationToken: string | undefined;
    do {
      const list = new ListUsersCommand({ UserPoolId, Filter: `sub = ${JSON.stringify(sub)}`, PaginationToken });
      const { Users = [], PaginationToken: next } = await cognito.send(list);
      const subs = Users.flatMap(({ Attributes = [] }) => Attributes.filter(({ Name }) => Name === "sub"));
      if (subs.some(({ Value }) => Value === sub)) return true;
      PaginationToken = next;
    } while (PaginationToken !== undefined);
    return false;
  }

  return async (sub: string): Promise<boolean> => !(await hasName(sub)) && !(await hasSub(sub));
}
