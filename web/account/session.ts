import { ApiError } from "../api/api-error.ts";
import { readConfig } from "../api/config.ts";
import { AccountError } from "./account-error.ts";
import type { Cognito } from "./cognito.ts";
import { createTokenStorage } from "./token-storage.ts";

export type SessionState = "guest" | "signed-in";

const storage = createTokenStorage(localStorage);
const listeners = new Set<() => void>();
let opened: Promise<Cognito> | undefined;
let state: SessionState = storage.holdsSession() ? "signed-in" : "guest";

export const sessionState = (): SessionState => state;

/** Told when somebody signs in or out, also in another tab. @returns ends it */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function change(now: SessionState): void {
  if (state === now) return;
  state = now;
  for (const listener of listeners) listener();
}

/**
 * What signs in and up. Loaded when it is first needed: guests, who only watch, are spared it.
 *
 * @throws ApiError where the server does not say where users sign in
 */
export function cognito(): Promise<Cognito> {
  opened ??= Promise.all([import("./cognito.ts"), readConfig()]).then(([{ openCognito }, config]) =>
    openCognito(config, storage),
  );
  // Another try may be luckier.
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

/** @throws AccountError */
export async function signIn(email: string, password: string) {
  // What is left of an earlier session would be in Amplify's way.
  storage.forget();
  const result = await (await cognito()).signIn(email, password);
  if (result === "signed-in") change("signed-in");
  return result;
}

/** Ends the session here, whether or not Cognito hears of it. */
export async function signOut(): Promise<void> {
  await cognito()
    .then((opened) => opened.signOut())
    .catch(() => undefined);
  signedOutByServer();
}

/** The session is over, whatever this page has of it. */
export function signedOutByServer(): void {
  storage.forget();
  change("guest");
}

/**
 * Opens the API for some minutes.
 *
 * @param renew whether the one at hand is not good any more
 * @returns undefined where nobody is signed in, or the session has ended
 * @throws ApiError where Cognito cannot be asked now
 */
export async function accessToken({ renew }: { readonly renew: boolean }): Promise<string | undefined> {
  if (state === "guest") return undefined;
  try {
    const token = await inTurn(async () => (await cognito()).accessToken(renew));
    if (token === undefined) signedOutByServer();
    return token;
  } catch (error) {
    if (error instanceof AccountError) throw new ApiError(0, error.message);
    throw error;
  }
}

/** One tab after the other: each renews with the refresh token that the one before has brought. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  // Browsers have locks on secure pages only.
  return navigator.locks ? await navigator.locks.request("onair.session", work) : work();
}

addEventListener("storage", ({ key, newValue }) => {
  if (!storage.isSession(key)) return;
  if (newValue !== null) return change("signed-in");
  if (!storage.holdsSession()) signedOutByServer();
});
