import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  UserNotFoundException,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Users } from "#domain/accounts/ports.ts";

/** The user pool, as far as accounts need it. */
export interface UserPool extends Users {
  /** What they want to be called, "" for who never said; undefined when there is no such user. */
  nickname(sub: string): Promise<string | undefined>;
  /** Those who signed up before `before` (milliseconds) and never confirmed their address, page by page. */
  unconfirmed(before: number): AsyncIterable<readonly string[]>;
}

/** ListUsers gives no more at once. */
const pageSize = 60;

/** The filter of ListUsers only shortens the list: whoever is removed by it must be what it says. */
const isUnconfirmedSince = ({ UserStatus, UserCreateDate }: UserType, before: number) =>
  UserStatus === "UNCONFIRMED" && UserCreateDate !== undefined && UserCreateDate.getTime() < before;

/** Asks the pool. A user's name in it is their sub, since they sign in by their e-mail address. */
export function createUserPool(cognito: CognitoIdentityProviderClient, userPoolId: string): UserPool {
  return {
    async remove(sub) {
      try {
        await cognito.send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: sub }));
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw error;
      }
    },

    async nickname(sub) {
      try {
        const get = new AdminGetUserCommand({ UserPoolId: userPoolId, Username: sub });
        const { UserAttributes = [] } = await cognito.send(get);
        return UserAttributes.find(({ Name }) => Name === "nickname")?.Value ?? "";
      } catch (error) {
        if (error instanceof UserNotFoundException) return undefined;
        throw error;
      }
    },

    async *unconfirmed(before) {
      let PaginationToken: string | undefined;
      do {
        const Filter = 'cognito:user_status = "UNCONFIRMED"';
        const list = new ListUsersCommand({ UserPoolId: userPoolId, Filter, Limit: pageSize, PaginationToken });
        const { Users = [], PaginationToken: next } = await cognito.send(list);
        yield Users.filter((user) => isUnconfirmedSince(user, before)).flatMap(({ Username }) => Username ?? []);
        PaginationToken = next;
      } while (PaginationToken !== undefined);
    },
  };
}
