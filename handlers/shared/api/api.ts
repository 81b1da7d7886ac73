import { Hono } from "hono/tiny";
import * as v from "valibot";
import type { ApiRoute } from "#domain/api/routes.ts";
import type { log } from "../log.ts";
import { type Caller, readCaller } from "./caller.ts";
import { check } from "./check.ts";
import { type ApiEvent, type ApiResult, apiEvent, toRequest, toResult } from "./event.ts";
import { logFailure, toProblem } from "./failure.ts";
import { invalidRequest, Problem } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { readQuery } from "./read-query.ts";
import { problemResponse, toResponse } from "./response.ts";
import { type Route, type RouteRequest, rowOf } from "./route.ts";

/** Called before a route, once its caller and its rules are known to be in order. It may throw a Problem. */
export type BeforeRoute = (row: ApiRoute, caller: Caller | undefined) => Promise<void>;

export interface ApiOptions<Deps> {
  readonly routes: readonly Route<Deps>[];
  readonly deps: Deps;
  readonly log: typeof log;
  /** @default nothing is done before */
  readonly before?: BeforeRoute;
}

type Environment = { Bindings: { readonly event: ApiEvent } };

/** Field names of letters, digits and hyphens as HTTP writes them, whatever the sender wrote. */
const inSmallLetters = (headers: ApiEvent["headers"]) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

type AnyRequest = RouteRequest<never, never, never, never, never>;

const nothing = v.strictObject({});

function readBodyFor(route: Route<never>, event: ApiEvent): unknown {
  const body = readBody(event);
  // To the schema of an object, an empty list is one.
  if (Array.isArray(body)) {
    throw invalidRequest([{ field: "body", rule: "must be an object", got: `a list of ${body.length}` }]);
  }
  if (route.body) return check("body", route.body, body === undefined ? {} : body);
  if (body === undefined) return {};
  throw invalidRequest([{ field: "body", rule: "must not be there", got: "one" }]);
}

/** @throws Problem */
function readRequest(route: Route<never>, params: unknown, event: ApiEvent): AnyRequest {
  const { authorizer, requestId } = event.requestContext;
  const caller = rowOf(route).access === "open" ? undefined : readCaller(authorizer?.jwt?.claims);
  const query = readQuery(event.rawQueryString);
  const request = {
    params: check("path", route.params ?? nothing, params),
    query: check("query", route.query ?? nothing, query),
    body: readBodyFor(route, event),
    headers: route.headers ? check("header", route.headers, event.headers) : {},
    caller,
    requestId,
  };
  return request as AnyRequest;
}

const noSuchRoute = () => new Problem(404, "NOT_FOUND", "There is nothing here.", "No route has this path.");

const noSuchMethod = (allowed: readonly string[]) => {
  const detail = `method must be one of ${allowed.join(", ")} here.`;
  return new Problem(405, "METHOD_NOT_ALLOWED", "This cannot be done here.", detail, {
    headers: { allow: allowed.join(", ") },
  });
};

/** The routes of one function, by method and path. */
function makeApp<Deps>({ routes, deps, log: write, before }: ApiOptions<Deps>): Hono<Environment> {
  const app = new Hono<Environment>();
  const refuse = ({ requestContext: { requestId } }: ApiEvent, route: string, error: unknown): Response => {
    const problem = toProblem(error, requestId);
    logFailure(write, error, problem, { requestId, route });
    return problemResponse(problem, requestId);
  };
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const row = rowOf(route);
    const path = row.path.replace(/\{(\w+)\}/g, ":$1");
    methods.set(path, [...(methods.get(path) ?? []), row.method]);
    app.on(row.method, path, async (context) => {
      const { event } = context.env;
      try {
        const request = readRequest(route, context.req.param(), event);
        await before?.(row, request.caller);
        return toResponse(await route.handle(request, deps), request.requestId);
      } catch (error) {
        return refuse(event, `${row.method} ${row.path}`, error);
      }
    });
  }
  for (const [path, allowed] of methods) {
    app.all(path, ({ env }) => refuse(env.event, "another method", noSuchMethod(allowed)));
  }
  app.notFound(({ env }) => refuse(env.event, "no route", noSuchRoute()));
  return app;
}

/**
 * A Lambda function for API Gateway (HTTP API, payload format 2.0) out of routes: identity, rules, answers and problems
 * are the same for all of them. It never throws: whatever fails is answered as RFC 9457 says.
 */
export function createApi<Deps>(options: ApiOptions<Deps>): (event: unknown) => Promise<ApiResult> {
  const app = makeApp(options);
  return async (received) => {
    const parsed = v.parse(apiEvent, received);
    const event = { ...parsed, headers: inSmallLetters(parsed.headers) };
    return toResult(await app.fetch(toRequest(event), { event }));
  };
}
