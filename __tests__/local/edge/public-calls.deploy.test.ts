import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Amazon, amazon } from "../fixture/amazon.ts";
import { type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { call, send } from "../fixture/signature.ts";

let own: OwnCloud;
let account: Amazon;

beforeAll(async () => {
  own = await startOwnCloud();
  account = amazon(own.cloud.endpoint, own.root);
});
afterAll(() => own?.[Symbol.asyncDispose]());

const json = async (service: string, target: string, input: unknown) => {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  const { text } = await call(
    { endpoint: own.cloud.endpoint, service, headers, body: JSON.stringify(input) },
    own.root,
  );
  return JSON.parse(text);
};

describe("a web page of another origin", () => {
  const page = { origin: "https://onair.example", "sec-fetch-site": "cross-site" };
  const cognito = (operation: string, input: unknown) =>
    send({
      endpoint: own.cloud.endpoint,
      headers: {
        ...page,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(input),
    });

  it("signs a user up, asking first, and reads the pool's keys", async () => {
    const pool = await json("cognito-idp", "AWSCognitoIdentityProviderService.CreateUserPool", { PoolName: "users" });
    const UserPoolId = pool.UserPool.Id as string;
    const client = await json("cognito-idp", "AWSCognitoIdentityProviderService.CreateUserPoolClient", {
      UserPoolId,
      ClientName: "page",
    });
    const { ClientId } = client.UserPoolClient;
    const asked = {
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,x-amz-target",
    };
    const preflight = await send({ endpoint: own.cloud.endpoint, method: "OPTIONS", headers: { ...page, ...asked } });
    expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([200, "*"]);
    const signUp = await cognito("SignUp", { ClientId, Username: "ana", Password: "Passw0rd!x" });
    expect([signUp.status, JSON.parse(signUp.text).UserConfirmed]).toEqual([200, false]);
    const keys = await send({
      endpoint: own.cloud.endpoint,
      method: "GET",
      path: `/${UserPoolId}/.well-known/jwks.json`,
      headers: page,
    });
    expect(JSON.parse(keys.text).keys[0].kty).toBe("RSA");
  });

  it("may not call what only the account may", async () => {
    const answer = await cognito("ListUsers", { UserPoolId: "us-east-1_any" });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, "ORIGIN_REFUSED"]);
  });
});

describe("an HTTP API", () => {
  it("gives its function the same request by its host and by its path", async () => {
    const role = await account.role("api", [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
    const source =
      "exports.handler = async ({ rawPath, rawQueryString, requestContext, headers }) => ({ rawPath, rawQueryString, stage: requestContext.stage, domain: requestContext.domainName, names: Object.keys(headers) });";
    const arn = await account.function("api", role, source);
    const api = async (path: string, input: unknown) => {
      const wanted = { endpoint: own.cloud.endpoint, service: "apigateway", path, body: JSON.stringify(input) };
      return JSON.parse((await call({ ...wanted, headers: { "content-type": "application/json" } }, own.root)).text);
    };
    const { apiId, apiEndpoint } = await api("/v2/apis", { name: "api", protocolType: "HTTP" });
    const integration = { integrationType: "AWS_PROXY", integrationUri: arn, payloadFormatVersion: "2.0" };
    const { integrationId } = await api(`/v2/apis/${apiId}/integrations`, integration);
    await api(`/v2/apis/${apiId}/routes`, { routeKey: "$default", target: `integrations/${integrationId}` });
    await api(`/v2/apis/${apiId}/stages`, { stageName: "$default", autoDeploy: true });

    const { port } = new URL(own.cloud.endpoint);
    expect(apiEndpoint).toBe(`http://${apiId}.execute-api.localhost:${port}`);
    const get = async (path: string, headers = {}) =>
      JSON.parse((await send({ endpoint: own.cloud.endpoint, method: "GET", path, headers })).text);
    const byHost = await get("/live/now?x=1", { host: `${apiId}.execute-api.localhost:${port}` });
    const byPath = await get(`/_aws/execute-api/${apiId}/$default/live/now?x=1`);
    expect(byPath).toEqual(byHost);
    expect(byHost).toMatchObject({ rawPath: "/live/now", rawQueryString: "x=1", stage: "$default" });
    expect(byHost.names.filter((name: string) => name.includes("onair"))).toEqual([]);
  });
});
