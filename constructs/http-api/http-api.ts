import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer/index.js";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration/index.js";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route/index.js";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { physicalName } from "../core/name.ts";
import type { IUserPool } from "../identity/user-pool.ts";
import type { UserPoolClient } from "../identity/user-pool-client.ts";
import { AccessLog } from "./access-log.ts";
import { type Cors, corsConfiguration } from "./cors.ts";
import { checkRoutes, checkThrottle, providerThrottle, type Route, routeKey, type Throttle } from "./route.ts";

/** Whose tokens open the routes that are for signed-in users. */
export interface SignIn {
  readonly userPool: IUserPool;
  readonly clients: readonly UserPoolClient[];
}

export interface HttpApiProps {
  readonly routes: readonly Route[];
  /** For all routes together. */
  readonly throttle: Throttle;
  /** @default none: every route must be open */
  readonly signIn?: SignIn;
  /** @default pages of other origins may not call it */
  readonly cors?: Cors;
}

/** The event that Lambda functions get, and the answer they may give. */
const PAYLOAD_FORMAT = "2.0";

/**
 * An HTTP API (API Gateway v2) of Lambda functions: tokens are checked before a function is called, each route says whether
 * it wants one. Deployed at once, without a stage in its address.
 */
export class HttpApi extends Construct {
  /** The underlying `aws_apigatewayv2_api`. */
  readonly resource: Apigatewayv2Api;
  readonly stage: Apigatewayv2Stage;
  readonly accessLog: AccessLog;
  readonly #integrations = new Map<Route["handler"], Apigatewayv2Integration>();

  constructor(scope: Construct, id: string, { routes, throttle, signIn, cors }: HttpApiProps) {
    super(scope, id);
    checkRoutes(this, routes, { canSignIn: signIn !== undefined });
    checkThrottle(this, "throttle", throttle);
    const methods = routes.map(({ method }) => method);
    this.resource = new Apigatewayv2Api(this, "Resource", {
      name: physicalName(this),
      protocolType: "HTTP",
      ...(cors && { corsConfiguration: corsConfiguration(this, cors, methods) }),
    });
    const authorizer = signIn && this.#authorizer(signIn);
    const made = routes.map((route) => this.#route(route, authorizer));
    this.accessLog = new AccessLog(this, "AccessLog");
    this.stage = new Apigatewayv2Stage(this, "Stage", {
      apiId: this.resource.id,
      name: "$default",
      autoDeploy: true,
      accessLogSettings: this.accessLog.settings,
      defaultRouteSettings: providerThrottle(throttle),
      routeSettings: routes.flatMap((route) =>
        route.throttle ? { routeKey: routeKey(route), ...providerThrottle(route.throttle) } : [],
      ),
      // Settings of a route are refused before it exists.
      dependsOn: [this.accessLog.policy.resource, ...made],
    });
  }

  get apiId(): string {
    return this.resource.id;
  }

  /** `https://<id>.execute-api.<region>.amazonaws.com`, to which a route's path is added. */
  get apiUrl(): string {
    return this.resource.apiEndpoint;
  }

  get outputs(): Record<string, string> {
    return { id: this.apiId, url: this.apiUrl };
  }

  #authorizer({ userPool, clients }: SignIn): Apigatewayv2Authorizer {
    return new Apigatewayv2Authorizer(this, "SignedIn", {
      apiId: this.resource.id,
      name: "signed-in",
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: userPool.issuer, audience: clients.map(({ clientId }) => clientId) },
      // A field of Lambda authorizers. AWS gives a JWT authorizer none; the local cloud answers "2.0".
      lifecycle: { ignoreChanges: ["authorizer_payload_format_version"] },
    });
  }

  #route(route: Route, authorizer: Apigatewayv2Authorizer | undefined): Apigatewayv2Route {
    const { id: integrationId } = this.#integrations.get(route.handler) ?? this.#integration(route.handler);
    return new Apigatewayv2Route(this, routeKey(route), {
      apiId: this.resource.id,
      routeKey: routeKey(route),
      target: `integrations/${integrationId}`,
      ...(route.access === "signed-in" && authorizer
        ? { authorizationType: "JWT", authorizerId: authorizer.id }
        : { authorizationType: "NONE" }),
    });
  }

  /** Each function is connected once, and may be called by this API alone. */
  #integration(handler: Route["handler"]): Apigatewayv2Integration {
    const stack = AwsStack.of(this);
    const scope = new Construct(this, handler.node.path.split("/").slice(1).join("-"));
    new LambdaPermission(scope, "Permission", {
      statementId: physicalName(scope, { maximumLength: 100 }),
      action: "lambda:InvokeFunction",
      functionName: handler.functionName,
      ...(handler.qualifier && { qualifier: handler.qualifier }),
      principal: "apigateway.amazonaws.com",
      sourceAccount: stack.accountId,
      sourceArn: stack.arn("execute-api", `${this.resource.id}/*/*`),
    });
    const integration = new Apigatewayv2Integration(scope, "Integration", {
      apiId: this.resource.id,
      integrationType: "AWS_PROXY",
      integrationUri: handler.functionArn,
      payloadFormatVersion: PAYLOAD_FORMAT,
    });
    this.#integrations.set(handler, integration);
    return integration;
  }
}
