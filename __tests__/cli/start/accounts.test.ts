import { expect, test } from "vitest";
import { accountsOf } from "#cli/start/accounts.ts";

const endpoint = "http://127.0.0.1:4576";
const outputs = { api_url: "http://0a1b.execute-api.localhost:4576", user_pool_id: "p", user_pool_client_id: "c" };

test("names the API by an address that every program can look up", () => {
  expect(accountsOf({ ...outputs, channels: {} }, endpoint)).toEqual({
    apiUrl: "http://127.0.0.1:4576/_aws/execute-api/0a1b/$default",
    userPoolId: "p",
    userPoolClientId: "c",
  });
});

test("leaves another address as it is", () => {
  const api_url = "https://0a1b.execute-api.us-west-2.amazonaws.com";
  expect(accountsOf({ ...outputs, api_url }, endpoint).apiUrl).toBe(api_url);
});

test("refuses outputs without them", () => {
  expect(() => accountsOf({ user_pool_id: "p" }, endpoint)).toThrow();
});
