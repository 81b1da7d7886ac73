import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AddPermissionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { ShownMail } from "#local/cognito/mail.ts";
import { amazon } from "../fixture/amazon.ts";
import { client, type OwnCloud } from "../fixture/own-cloud.ts";
import { call, send } from "../fixture/signature.ts";

/** What a caller sees of an operation of Cognito: the error's code and message, or the answer. */
export interface Outcome {
  readonly error?: string;
  readonly message?: string;
  readonly [field: string]: unknown;
}

/** What Cognito gives a trigger; it is compared as a whole in one test. */
export interface TriggerEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: { readonly userAttributes: Readonly<Record<string, string>> };
}

/** A user pool as the platform has it: its users are known by their addresses. */
export interface Pool {
  readonly id: string;
  readonly clientId: string;
  /** Calls as a browser does, without a signature; the app client is added. */
  browser(operation: string, input: object): Promise<Outcome>;
  /** Calls as the account's root; the pool is added. */
  admin(operation: string, input: object): Promise<Outcome>;
  /** Signs a user up, and resolves with the code that was sent. */
  signUp(email: string): Promise<string>;
  /** Mail to one address, newest first. */
  mail(to: string): Promise<readonly ShownMail[]>;
  /** The newest code that was sent there. */
  codeFor(to: string): Promise<string>;
  /** Events that the trigger was given, for one address. */
  events(email: string): TriggerEvent[];
}

export const PASSWORD = "Passw0rd!x";

/** Writes down each event, then does what the caller's `clientMetadata.then` says. */
const TRIGGER = `const { appendFileSync, readFileSync } = require("node:fs");
const { FILE } = process.env;
exports.handler = async (event) => {
  const isFirst = !readFileSync(FILE, "utf8").includes(event.userName);
  appendFileSync(FILE, JSON.stringify(event) + "\\n");
  const { then } = event.request.clientMetadata ?? {};
  if (then === "fail") throw new Error("no channel left");
  if (then === "return-another") return { statusCode: 200 };
  if (then === "sleep" || (then === "sleep-first" && isFirst)) await new Promise((done) => setTimeout(done, 8000));
  return event;
};`;

const outcomeOf = ({ status, text }: { readonly status: number; readonly text: string }): Outcome => {
  const { __type, ...answer } = JSON.parse(text || "{}");
  return status === 200 ? answer : { error: __type, message: answer.message };
};

/** The pool of a cloud, as a caller reaches it. */
export const poolAt = (own: OwnCloud, id: string, clientId: string): Pool => {
  const { endpoint } = own.cloud;
  const headersFor = (operation: string) => ({
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
  });
  const pool: Pool = {
    id,
    clientId,
    browser: async (operation, input) => {
      const body = JSON.stringify({ ClientId: clientId, ...input });
      return outcomeOf(await send({ endpoint, headers: headersFor(operation), body }));
    },
    admin: async (operation, input) => {
      const body = JSON.stringify({ UserPoolId: id, ...input });
      return outcomeOf(
        await call({ endpoint, service: "cognito-idp", headers: headersFor(operation), body }, own.root),
      );
    },
    signUp: async (email) => {
      const UserAttributes = [
        { Name: "email", Value: email },
        { Name: "nickname", Value: "Viewer" },
      ];
      const { error, message } = await pool.browser("SignUp", { Username: email, Password: PASSWORD, UserAttributes });
      if (error !== undefined) throw new Error(`${error}: ${message}`);
      return pool.codeFor(email);
    },
    mail: async (to) => {
      const path = `/_onair/mail?${new URLSearchParams({ to })}`;
      return JSON.parse((await send({ endpoint, method: "GET", path })).text);
    },
    codeFor: async (to) => String((await pool.mail(to))[0]?.code),
    events: (email) =>
      readFileSync(join(own.folder, "events"), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line): TriggerEvent => JSON.parse(line))
        .filter(({ request }) => request.userAttributes.email === email),
  };
  return pool;
};

/**
 * Makes a pool with a post-confirmation trigger.
 * @param sourceArn the pools for which the trigger's policy lets Cognito invoke it, null for none
 */
export const createPool = async (own: OwnCloud, name: string, sourceArn: string | null = "*"): Promise<Pool> => {
  const { endpoint } = own.cloud;
  const account = amazon(endpoint, own.root);
  const file = join(own.folder, "events");
  writeFileSync(file, "", { flag: "a" });
  const role = await account.role(name, [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
  const PostConfirmation = await account.function(name, role, TRIGGER, { FILE: file });
  if (sourceArn !== null) {
    await new LambdaClient(client(own.cloud, own.root)).send(
      new AddPermissionCommand({
        FunctionName: name,
        StatementId: "cognito",
        Action: "lambda:InvokeFunction",
        Principal: "cognito-idp.amazonaws.com",
        SourceArn: sourceArn,
      }),
    );
  }
  const { admin } = poolAt(own, "", "");
  const { UserPool } = await admin("CreateUserPool", {
    PoolName: name,
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    LambdaConfig: { PostConfirmation },
  });
  const { Id } = UserPool as { readonly Id: string };
  const { UserPoolClient } = await admin("CreateUserPoolClient", {
    UserPoolId: Id,
    ClientName: "web",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  return poolAt(own, Id, (UserPoolClient as { readonly ClientId: string }).ClientId);
};
