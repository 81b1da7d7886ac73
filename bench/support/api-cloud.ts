import { setTimeout as sleep } from "node:timers/promises";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateFunctionCommand, GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { amazon } from "#__tests__/local/fixture/amazon.ts";
import { client, type OwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { call } from "#__tests__/local/fixture/signature.ts";
import { type BundleOptions, bundleHandler } from "#constructs/lambda/bundle.ts";
import { writeZip } from "#local/archive-provider/zip.ts";

/** Somebody who is signed in, and the pool that says so. */
export interface SignedIn {
  readonly sub: string;
  readonly accessToken: string;
  readonly userPoolId: string;
  readonly clientId: string;
}

export async function signIn(own: OwnCloud): Promise<SignedIn> {
  const cognito = new CognitoIdentityProviderClient(client(own.cloud, own.root));
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "people" }));
  const UserPoolId = String(UserPool?.Id);
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      ...{ UserPoolId, ClientName: "page" },
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  const ClientId = String(UserPoolClient?.ClientId);
  const [Username, Password] = ["viewer", "Passw0rd!x"];
  const { User } = await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username }));
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ...{ ClientId, AuthFlow: "USER_PASSWORD_AUTH" },
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  );
  cognito.destroy();
  const sub = String(User?.Attributes?.find(({ Name }) => Name === "sub")?.Value);
  const accessToken = String(AuthenticationResult?.AccessToken);
  return { sub, accessToken, userPoolId: UserPoolId, clientId: ClientId };
}

export interface FunctionOptions extends BundleOptions {
  readonly variables: Readonly<Record<string, string>>;
}

/** Makes a handler into a function that may do everything; answers with its ARN when it can be called. */
export async function makeFunction(own: OwnCloud, { variables, ...options }: FunctionOptions): Promise<string> {
  const lambda = new LambdaClient(client(own.cloud, own.root));
  const FunctionName = options.handler;
  const account = amazon(own.cloud.endpoint, own.root);
  const Role = await account.role(FunctionName, [{ Effect: "Allow", Action: "*", Resource: "*" }]);
  const content = Buffer.from(bundleHandler(options));
  const { FunctionArn = "" } = await lambda.send(
    new CreateFunctionCommand({
      ...{ FunctionName, Role, Runtime: "nodejs22.x", Handler: "handler.handler", Timeout: 10, MemorySize: 512 },
      Environment: { Variables: variables },
      Code: { ZipFile: writeZip([{ name: "handler.mjs", content }]) },
    }),
  );
  const isActive = async () => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).State;
  while ((await isActive()) !== "Active") await sleep(50);
  lambda.destroy();
  return FunctionArn;
}

export interface ApiRoute {
  /** For example `GET /public/live`. */
  readonly key: string;
  readonly functionArn: string;
  readonly access: "open" | "signed-in";
}

/** Makes an HTTP API as the stack does, less its limits; answers with its address. */
export async function makeApi(own: OwnCloud, routes: readonly ApiRoute[], signedIn: SignedIn): Promise<string> {
  const { endpoint, region } = own.cloud;
  const make = async (path: string, input: object): Promise<Record<string, string>> => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify(input);
    const { status, text } = await call({ endpoint, service: "apigateway", path, headers, body }, own.root);
    if (status >= 300) throw new Error(`${path} was answered ${status} ${text}`);
    return JSON.parse(text);
  };
  const { apiId } = await make("/v2/apis", { name: "api", protocolType: "HTTP" });
  const { authorizerId } = await make(`/v2/apis/${apiId}/authorizers`, {
    ...{ name: "signed-in", authorizerType: "JWT", identitySource: ["$request.header.Authorization"] },
    jwtConfiguration: {
      issuer: `https://cognito-idp.${region}.amazonaws.com/${signedIn.userPoolId}`,
      audience: [signedIn.clientId],
    },
  });
  for (const { key, functionArn, access } of routes) {
    const integration = { integrationType: "AWS_PROXY", integrationUri: functionArn, payloadFormatVersion: "2.0" };
    const { integrationId } = await make(`/v2/apis/${apiId}/integrations`, integration);
    const target = `integrations/${integrationId}`;
    const check = access === "open" ? { authorizationType: "NONE" } : { authorizationType: "JWT", authorizerId };
    await make(`/v2/apis/${apiId}/routes`, { routeKey: key, target, ...check });
  }
  await make(`/v2/apis/${apiId}/stages`, { stageName: "$default", autoDeploy: true });
  return `${endpoint}/_aws/execute-api/${apiId}/$default`;
}
