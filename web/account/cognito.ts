import {
  cognitoUserPoolsTokenProvider,
  confirmResetPassword,
  confirmSignUp,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  signUp,
} from "@aws-amplify/auth/cognito";
import { Amplify, fetchAuthSession } from "@aws-amplify/core";
import type { Config } from "../api/config.ts";
import { accountError } from "./account-error.ts";
import type { TokenStorage } from "./token-storage.ts";

export interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly nickname: string;
}

/** What signing in led to. */
export type SignedIn = "signed-in" | "unconfirmed" | "password-expired";

/** Signing up and in with Cognito. Each throws an {@link AccountError}. */
export type Cognito = ReturnType<typeof openCognito>;

/** Sets Amplify up; it is one for the whole page. */
export function openCognito({ userPoolId, userPoolClientId, userPoolEndpoint }: Config, storage: TokenStorage) {
  // A path is one of the page's own origin.
  const endpoint = userPoolEndpoint && { userPoolEndpoint: new URL(userPoolEndpoint, location.origin).href };
  const Auth = { Cognito: { userPoolId, userPoolClientId, ...endpoint } };
  cognitoUserPoolsTokenProvider.setAuthConfig(Auth);
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storage);
  Amplify.configure({ Auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });

  return {
    signUp: ({ email, password, nickname }: NewAccount) =>
      told(signUp({ username: email, password, options: { userAttributes: { email, nickname } } })),

    /** @param code as it was mailed */
    confirm: (email: string, code: string) => told(confirmSignUp({ username: email, confirmationCode: code })),

    resendCode: (email: string) => told(resendSignUpCode({ username: email })),

    signIn: async (email: string, password: string): Promise<SignedIn> => {
      const { isSignedIn, nextStep } = await told(signIn({ username: email, password }));
      if (isSignedIn) return "signed-in";
      if (nextStep.signInStep === "CONFIRM_SIGN_UP") return "unconfirmed";
      if (nextStep.signInStep === "RESET_PASSWORD") return "password-expired";
      throw accountError({ name: nextStep.signInStep });
    },

    /** Has a code mailed to who forgot the password. */
    forgotPassword: (email: string) => told(resetPassword({ username: email })),

    setPassword: (email: string, code: string, password: string) =>
      told(confirmResetPassword({ username: email, confirmationCode: code, newPassword: password })),

    /** Has Cognito forget the session, where it can be reached. */
    signOut: () => told(signOut()),

    /** @returns undefined where the session is over */
    accessToken: async (renew: boolean): Promise<string | undefined> =>
      (await told(fetchAuthSession({ forceRefresh: renew }))).tokens?.accessToken.toString(),
  };
}

async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw accountError(error);
  }
}
