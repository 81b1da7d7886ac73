import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer/index.js";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration/index.js";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route/index.js";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { describe, expect, it } from "vitest";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import { HttpApi, type HttpApiProps } from "#constructs/http-api/http-api.ts";
import type { Route } from "#constructs/http-api/route.ts";
import { UserPool } from "#constructs/identity/user-pool.ts";
import { UserPoolClient } from "#constructs/identity/user-pool-client.ts";

type RouteWithout = Omit<Route, "handler">;
const OPEN: RouteWithout = { method: "GET", path: "/public/channels/{name}", access: "open" };
const SIGNED_IN: RouteWithout = { method: "POST", path: "/stream/me", access: "signed-in" };

const synthesized = (
  routes: readonly RouteWithout[] = [OPEN, SIGNED_IN],
  props: Partial<HttpApiProps> = {},
  { signIn = true } = {},
) => {
  const stack = testStack({ logRetentionDays: 30 });
  const userPool = new UserPool(stack, "users");
  const clients = [new UserPoolClient(stack, "page", { userPool })];
  const handlers = {
    open: handlerFunction(stack, "api-public"),
    "signed-in": handlerFunction(stack, "api-stream", { alias: "live" }),
  };
  const api = new HttpApi(stack, "api", {
    routes: routes.map((route) => ({ ...route, handler: handlers[route.access] ?? handlers.open })),
    throttle: { requestsPerSecond: 100, burst: 200 },
    ...(signIn && { signIn: { userPool, clients } }),
    ...props,
  });
  return { api, ...template(stack) };
};

describe("HttpApi", () => {
  it("checks tokens of the user pool and its clients before a function is called", () => {
    expect(synthesized().resource(Apigatewayv2Authorizer)).toEqual({
      api_id: "${aws_apigatewayv2_api.api.id}",
      name: "signed-in",
      authorizer_type: "JWT",
      identity_sources: ["$request.header.Authorization"],
      jwt_configuration: {
        issuer: "https://${aws_cognito_user_pool.users.endpoint}",
        audience: ["${aws_cognito_user_pool_client.page.id}"],
      },
      lifecycle: { ignore_changes: ["authorizer_payload_format_version"] },
    });
  });

  it("has a token checked on each route but the open ones", () => {
    const [open, signedIn] = synthesized().resources(Apigatewayv2Route);
    expect(open).toMatchObject({ route_key: "GET /public/channels/{name}", authorization_type: "NONE" });
    expect(open).not.toHaveProperty("authorizer_id");
    expect(signedIn).toMatchObject({
      route_key: "POST /stream/me",
      authorization_type: "JWT",
      authorizer_id: "${aws_apigatewayv2_authorizer.api_SignedIn.id}",
      target: "integrations/${aws_apigatewayv2_integration.api_api-stream_Integration.id}",
    });
  });

  it("connects each function once, by its alias, and lets this API alone call it", () => {
    const { resources } = synthesized([OPEN, { ...OPEN, path: "/public/live" }, SIGNED_IN]);
    expect(resources(Apigatewayv2Integration)).toEqual([
      expect.objectContaining({ integration_uri: "${aws_lambda_function.api-public.arn}" }),
      {
        api_id: "${aws_apigatewayv2_api.api.id}",
        integration_type: "AWS_PROXY",
        integration_uri: "${aws_lambda_alias.api-stream_Alias.arn}",
        payload_format_version: "2.0",
      },
    ]);
    expect(resources(LambdaPermission)[1]).toEqual({
      statement_id: "onair-test-api-api-stream",
      action: "lambda:InvokeFunction",
      function_name: "${aws_lambda_function.api-stream.function_name}",
      qualifier: "${aws_lambda_alias.api-stream_Alias.name}",
      principal: "apigateway.amazonaws.com",
      source_account: "${data.aws_caller_identity.caller.account_id}",
      source_arn:
        "arn:${data.aws_partition.partition.partition}:execute-api:eu-west-1:" +
        "${data.aws_caller_identity.caller.account_id}:${aws_apigatewayv2_api.api.id}/*/*",
    });
  });

  it("throttles all routes together, and a route of its own where told to", () => {
    const throttle = { requestsPerSecond: 5, burst: 10 };
    const stage = synthesized([OPEN, { ...SIGNED_IN, throttle }]).resource(Apigatewayv2Stage);
    expect(stage).toMatchObject({
      name: "$default",
      auto_deploy: true,
      default_route_settings: { throttling_rate_limit: 100, throttling_burst_limit: 200 },
      route_settings: [{ route_key: "POST /stream/me", throttling_rate_limit: 5, throttling_burst_limit: 10 }],
    });
    expect(stage.depends_on).toContain("aws_apigatewayv2_route.api_POST--stream--me");
  });

  it("writes a line of JSON for each request, without a token, and forgets it with the stack's other logs", () => {
    const { resource, json } = synthesized();
    const { destination_arn, format } = resource(Apigatewayv2Stage).access_log_settings as Record<string, string>;
    expect(destination_arn).toBe("${aws_cloudwatch_log_group.api_AccessLog_Logs.arn}");
    expect(Object.keys(JSON.parse(String(format)))).toEqual([
      "time",
      "requestId",
      "route",
      "status",
      "responseLength",
      "responseLatency",
      "integrationLatency",
      "integrationError",
      "authorizerError",
      "sub",
      "sourceIp",
    ]);
    expect(json.resource?.aws_cloudwatch_log_group?.api_AccessLog_Logs).toMatchObject({
      name: "/aws/vendedlogs/http-api/onair-test-api",
      retention_in_days: 30,
    });
    expect(String(resource(CloudwatchLogResourcePolicy).policy_document)).toContain(`${destination_arn}:log-stream:*`);
    expect(resource(Apigatewayv2Stage).depends_on).toContain("aws_cloudwatch_log_resource_policy.log-delivery");
  });

  it("lets pages of the named origins call it, without cookies", () => {
    expect(synthesized().resource(Apigatewayv2Api)).not.toHaveProperty("cors_configuration");
    const cors = { allowOrigins: ["https://live.example.com", "http://127.0.0.1:4567"] };
    expect(synthesized([OPEN, SIGNED_IN], { cors }).resource(Apigatewayv2Api).cors_configuration).toEqual({
      allow_origins: cors.allowOrigins,
      allow_methods: ["GET", "POST"],
      allow_headers: ["authorization", "content-type"],
      expose_headers: ["retry-after"],
      allow_credentials: false,
      max_age: 3600,
    });
  });

  it("serves open routes without a user pool", () => {
    const { resources } = synthesized([OPEN], {}, { signIn: false });
    expect(resources(Apigatewayv2Authorizer)).toEqual([]);
    expect(resources(Apigatewayv2Route)).toHaveLength(1);
  });

  it.each<[string, readonly RouteWithout[], string]>([
    [
      "that does not say who may call it",
      [{ ...OPEN, access: undefined as never }],
      'routes.GET /public/channels/{name}: must say access: "signed-in" or "open"; got undefined.  ERR_ROUTE_ACCESS',
    ],
    [
      "twice",
      [OPEN, OPEN],
      'routes.GET /public/channels/{name}: must stand once; got "GET /public/channels/{name}".  ERR_ROUTE_TWICE',
    ],
    ...["public", "/public//live", "/{rest+}/live", "/public?all", "/{na me}"].map(
      (path): [string, readonly RouteWithout[], string] => [
        `with path ${path}`,
        [{ ...OPEN, path }],
        `routes.GET ${path}: must be a path such as /public/channels/{name}; got "${path}".  ERR_ROUTE_PATH`,
      ],
    ),
    [
      "with a throttle of nothing",
      [{ ...OPEN, throttle: { requestsPerSecond: 0, burst: 1 } }],
      "routes.GET /public/channels/{name}.throttle.requestsPerSecond: must be a whole number, 1 to 10000 requests; got 0.  ERR_RANGE",
    ],
  ])("refuses a route %s", (_what, routes, message) => {
    expect(() => synthesized(routes)).toThrow(`stack/api, ${message}`);
  });

  it("refuses a route for signed-in users where nobody can sign in", () => {
    expect(() => synthesized([SIGNED_IN], {}, { signIn: false })).toThrow(
      "stack/api, routes.POST /stream/me: needs the API's signIn, to know who is signed in; " +
        'got "signed-in".  ERR_ROUTE_ACCESS',
    );
  });

  it.each(["*", "https://*.example.com", "https://live.example.com/", "live.example.com"])(
    "refuses the origin %s",
    (origin) => {
      expect(() => synthesized([OPEN], { cors: { allowOrigins: [origin] } })).toThrow(
        "stack/api, cors.allowOrigins: must be origins such as https://live.example.com, in small letters, " +
          `without a path; got "${origin}".  ERR_ORIGIN`,
      );
    },
  );

  it("accepts the paths that API Gateway knows", () => {
    const paths = ["/", "/public/live", "/public/channels/{name}/schedule.ics", "/stream/{rest+}"];
    expect(synthesized(paths.map((path) => ({ ...OPEN, path }))).resources(Apigatewayv2Route)).toHaveLength(4);
  });

  it("says where it is", () => {
    expect(Object.keys(synthesized().api.outputs)).toEqual(["id", "url"]);
  });
});
