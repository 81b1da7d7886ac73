import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { createPool, type Outcome, PASSWORD, type Pool, poolAt } from "./fixture.ts";

const EMAIL = "viewer-1@example.com";
const GRACE_SECONDS = 1;
let own: OwnCloud;
let plain: Pool;
let rotating: Pool;

beforeAll(async () => {
  own = await startOwnCloud();
  plain = await createPool(own, "rotation");
  const { UserPoolClient } = await plain.admin("CreateUserPoolClient", {
    ClientName: "rotating",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: GRACE_SECONDS },
  });
  rotating = poolAt(own, plain.id, (UserPoolClient as { readonly ClientId: string }).ClientId);
  const ConfirmationCode = await plain.signUp(EMAIL);
  await plain.browser("ConfirmSignUp", { Username: EMAIL, ConfirmationCode });
});
afterAll(() => own[Symbol.asyncDispose]());

const refreshTokenOf = ({ AuthenticationResult }: Outcome) =>
  (AuthenticationResult as { readonly RefreshToken?: string } | undefined)?.RefreshToken;

const signIn = async (pool: Pool) =>
  refreshTokenOf(
    await pool.browser("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: EMAIL, PASSWORD },
    }),
  );

const refresh = (pool: Pool, RefreshToken: string | undefined) =>
  pool.browser("GetTokensFromRefreshToken", { RefreshToken });

describe("an app client whose refresh tokens rotate", () => {
  it("says so when it is asked", async () => {
    const { UserPoolClient } = await plain.admin("DescribeUserPoolClient", { ClientId: rotating.clientId });
    expect(UserPoolClient).toMatchObject({
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: GRACE_SECONDS },
    });
  });

  it("gets a new refresh token by each, and the old one is good for the grace period only", async () => {
    const first = await signIn(rotating);
    const second = refreshTokenOf(await refresh(rotating, first));
    expect(second).toEqual(expect.any(String));
    expect(second).not.toBe(first);
    expect(refreshTokenOf(await refresh(rotating, first))).toEqual(expect.any(String));
    await wait(GRACE_SECONDS * 1000 + 200);
    expect(await refresh(rotating, first)).toMatchObject({ error: "RefreshTokenReuseException" });
    expect(refreshTokenOf(await refresh(rotating, second))).toEqual(expect.any(String));
  });

  it("gets nothing by a refresh token that is none", async () => {
    expect(await refresh(rotating, "no.such.token")).toMatchObject({ error: "NotAuthorizedException" });
    expect(await refresh(rotating, undefined)).toMatchObject({ error: "NotAuthorizedException" });
  });

  it("no longer rotates after an update that does not say so", async () => {
    await plain.admin("UpdateUserPoolClient", { ClientId: rotating.clientId, ClientName: "rotating" });
    expect(refreshTokenOf(await refresh(rotating, await signIn(rotating)))).toBeUndefined();
  });
});

it("an app client without rotation gets no new refresh token, and uses its own again", async () => {
  const token = await signIn(plain);
  expect(refreshTokenOf(await refresh(plain, token))).toBeUndefined();
  expect(await refresh(plain, token)).toHaveProperty("AuthenticationResult.AccessToken");
});
