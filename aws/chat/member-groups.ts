import {
  AdminListGroupsForUserCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import type { MemberGroups } from "#domain/chat/ports.ts";

/** The largest page; a user is in two or three groups. */
const Limit = 60;

/** Groups as the user pool has them now: a token may be an hour old. */
export const createMemberGroups = (client: CognitoIdentityProviderClient, userPoolId: string): MemberGroups => ({
  of: async (sub) => {
    try {
      const { Groups = [] } = await client.send(
        new AdminListGroupsForUserCommand({ UserPoolId: userPoolId, Username: sub, Limit }),
      );
      return Groups.flatMap(({ GroupName }) => GroupName ?? []);
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  },
});
