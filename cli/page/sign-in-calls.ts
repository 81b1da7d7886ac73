import type { IncomingMessage, ServerResponse } from "node:http";
import { forward } from "./forward.ts";
import { Problem } from "./problem.ts";
import { readBody } from "./read-body.ts";

/** Where the page has Cognito on the laptop: a path of its own origin. */
export const signInPath = "/cognito/";

/** The longest are answers to a challenge of SRP, of some kilobytes. */
const mostBodyBytes = 65_536;

/** What the page does with Cognito. Each is one that Cognito serves without a signature. */
const operations = [
  ...["SignUp", "ConfirmSignUp", "ResendConfirmationCode", "InitiateAuth", "RespondToAuthChallenge"],
  ...["GetTokensFromRefreshToken", "ForgotPassword", "ConfirmForgotPassword", "GetUser", "ChangePassword"],
  ...["GlobalSignOut", "RevokeToken"],
].map((operation) => `AWSCognitoIdentityProviderService.${operation}`);

/** What of a request Cognito reads. Its tokens are in the body. */
const passedOn = ["content-type", "x-amz-target", "x-amz-user-agent"] as const;

/**
 * Passes a sign-in call of the page's on to the local cloud, and its answer back.
 *
 * @param endpoint of the local cloud
 * @throws Problem
 */
export async function callCognito(endpoint: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", headers } = request;
  if (method !== "POST") {
    throw new Problem(405, "METHOD_REFUSED", "This address has another method.", `${method} is not POST.`);
  }
  const target = headers["x-amz-target"];
  if (typeof target !== "string" || !operations.includes(target)) {
    const detail = `x-amz-target is ${JSON.stringify(target ?? "nothing")}.`;
    throw new Problem(403, "OPERATION_REFUSED", "This page does not do that with Cognito.", detail);
  }
  const body = await readBody(request, mostBodyBytes);
  const sent = Object.fromEntries(passedOn.map((name) => [name, headers[name]]).filter(([, value]) => value));
  await forward(new URL("/", endpoint), { method, headers: sent, body }, response);
}
