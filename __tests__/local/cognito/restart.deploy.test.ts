import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startOwnCloud } from "../fixture/own-cloud.ts";
import { createPool, PASSWORD, poolAt } from "./fixture.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "onair-cognito-")), "onair");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const email = "viewer-1@example.com";

/** Makes every code in every saved generation older, by changing when it was sent. */
const age = (seconds: number): number => {
  const generations = join(folder, "generations");
  let aged = 0;
  for (const name of readdirSync(generations).filter((entry) => /^\d+$/.test(entry))) {
    const path = join(generations, name, "manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    for (const file of Object.keys(manifest.files).filter((one) => /\/cognito\.json$/.test(one))) {
      const text = readFileSync(join(generations, name, file), "utf8").replaceAll(
        /("_\w+_code_time": )([\d.]+)/g,
        (_, field, time) => {
          aged += 1;
          return `${field}${Number(time) - seconds}`;
        },
      );
      writeFileSync(join(generations, name, file), text);
      manifest.files[file] = createHash("sha256").update(text).digest("hex");
    }
    writeFileSync(path, JSON.stringify(manifest));
  }
  return aged;
};

it("a restarted cloud has the user, the code and the mail that tells it, and invokes the trigger", async () => {
  const first = await startOwnCloud({ folder });
  const before = await createPool(first, "accounts");
  const code = await before.signUp(email);
  const mail = await before.mail(email);
  await first.cloud.stop();

  await using second = await startOwnCloud({ folder });
  const pool = poolAt(second, before.id, before.clientId);
  expect(await pool.mail(email)).toEqual(mail);
  expect(second.lines.filter((line) => line.startsWith("Mail to"))).toEqual([]);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
  expect(await pool.browser("ConfirmSignUp", { Username: email, ConfirmationCode: wrong })).toMatchObject({
    error: "CodeMismatchException",
  });
  expect(await pool.browser("ConfirmSignUp", { Username: email, ConfirmationCode: code })).toEqual({});
  expect(pool.events(email)).toHaveLength(1);
});

it("a code to confirm is good for a day, one for a password for an hour", async () => {
  const other = "viewer-2@example.com";
  const first = await startOwnCloud({ folder });
  const { id, clientId, ...before } = await createPool(first, "accounts");
  const forOther = await before.signUp(other);
  await before.browser("ConfirmSignUp", { Username: other, ConfirmationCode: forOther });
  await before.browser("ForgotPassword", { Username: other });
  const [code, reset] = [await before.signUp(email), await before.codeFor(other)];
  await first.cloud.stop();
  expect(age(3601)).toBeGreaterThan(1);

  const second = await startOwnCloud({ folder });
  const later = poolAt(second, id, clientId);
  expect(
    await later.browser("ConfirmForgotPassword", { Username: other, ConfirmationCode: reset, Password: PASSWORD }),
  ).toEqual({ error: "ExpiredCodeException", message: "Invalid code provided, please request a code again." });
  await second.cloud.stop();
  age(23 * 3600);

  await using third = await startOwnCloud({ folder });
  const muchLater = poolAt(third, id, clientId);
  expect(await muchLater.browser("ConfirmSignUp", { Username: email, ConfirmationCode: code })).toMatchObject({
    error: "ExpiredCodeException",
  });
  await muchLater.browser("ResendConfirmationCode", { Username: email });
  const fresh = await muchLater.codeFor(email);
  expect(await muchLater.browser("ConfirmSignUp", { Username: email, ConfirmationCode: fresh })).toEqual({});
});
