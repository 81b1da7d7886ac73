import { decodeJWT } from "@aws-amplify/core";
import { beforeEach, describe, expect, test } from "vitest";
import { createTokenStorage } from "#web/account/token-storage.ts";

/** As a browser has it: its keys are its own properties. */
function browserStorage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  };
  return Object.create(methods) as Storage;
}

const key = (what: string) => `CognitoIdentityServiceProvider.client.user.${what}`;

describe("a session in the browser", () => {
  let kept: Storage;
  beforeEach(async () => {
    kept = browserStorage();
    kept.setItem("onair.player", "hls.js");
    const storage = createTokenStorage(kept);
    for (const what of ["accessToken", "idToken", "refreshToken", "clockDrift"]) await storage.setItem(key(what), what);
  });

  test("leaves nothing behind but what renews it", () => {
    expect(Object.keys(kept)).toEqual(["onair.player", key("refreshToken")]);
  });

  test("is renewed after a reload: its access token seems to have expired long ago", async () => {
    const storage = createTokenStorage(kept);
    expect(storage.holdsSession()).toBe(true);
    const token = String(await storage.getItem(key("accessToken")));
    expect(decodeJWT(token).payload.exp).toBe(0);
    expect(await storage.getItem(key("idToken"))).toBeNull();
  });

  test("outlives a refresh that failed, and ends when it is forgotten", async () => {
    const storage = createTokenStorage(kept);
    await storage.removeItem(key("refreshToken"));
    expect(storage.holdsSession()).toBe(true);
    storage.forget();
    expect([storage.holdsSession(), await storage.getItem(key("accessToken"))]).toEqual([false, null]);
    expect(Object.keys(kept)).toEqual(["onair.player"]);
  });

  test("is told apart from whatever else a browser keeps", () => {
    const storage = createTokenStorage(kept);
    const keys = [key("refreshToken"), key("LastAuthUser"), "other.refreshToken", null];
    expect(keys.map((each) => storage.isSession(each))).toEqual([true, false, false, false]);
  });
});
