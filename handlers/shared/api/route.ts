import type * as v from "valibot";
import { type ApiRoute, type PublicRouteId, type RouteId, routes, type StreamRouteId } from "#domain/api/routes.ts";
import type { Caller } from "./caller.ts";

export type Schema = v.GenericSchema;

/** An answer that is no JSON. */
export interface Media {
  readonly contentType: string;
}

/** What a route answers, by status: a schema, another kind of content, or nothing at all. */
export type Answers = Readonly<Record<number, Schema | Media | null>>;

type Read<Part> = Part extends Schema ? v.InferOutput<Part> : Readonly<Record<string, never>>;

/** A request after every rule of its route was checked. */
export interface RouteRequest<Params, Query, Body, Headers, Who> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Who calls, of a route for signed-in users. */
  readonly caller: Who;
  readonly requestId: string;
  readonly headers: Headers;
}

/** Text and bytes go as they are, with the `content-type` among the headers. */
export interface RouteAnswer<Status extends number = number, Body = unknown> {
  readonly status: Status;
  readonly body?: Body;
  /** Over those that every answer has: `cache-control: no-store`, `x-request-id`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler gives back: `answer(200, { name })`, `answer(204)`. */
export function answer<const Status extends number>(status: Status): RouteAnswer<Status, never>;
export function answer<const Status extends number, Body>(
  status: Status,
  body: Body,
  headers?: Readonly<Record<string, string>>,
): RouteAnswer<Status, Body>;
export function answer(status: number, body?: unknown, headers?: Readonly<Record<string, string>>): RouteAnswer {
  return { status, ...(body !== undefined && { body }), ...(headers && { headers }) };
}

type BodyOf<Answer> = Answer extends Schema ? v.InferInput<Answer> : Answer extends Media ? string | Uint8Array : never;

type AnswerOf<All extends Answers> = {
  [Status in keyof All & number]: RouteAnswer<Status, BodyOf<All[Status]>>;
}[keyof All & number];

/** The code of a route: its row in the table of routes, its rules, what it answers, and how. */
export interface RouteDefinition<Id extends RouteId, Params, Query, Body, Headers, All extends Answers, Who, Deps> {
  readonly id: Id;
  /** One sentence, for the document of the API. */
  readonly summary: string;
  /** An object schema with every variable of the path. */
  readonly params?: Params;
  /** A strict object schema of texts. @default no query is taken */
  readonly query?: Query;
  /** A strict object schema. @default no body is taken */
  readonly body?: Body;
  /** An object schema of headers, by their names in small letters. @default none is read */
  readonly headers?: Headers;
  readonly answers: All;
  readonly handle: (
    request: RouteRequest<Read<Params>, Read<Query>, Read<Body>, Read<Headers>, Who>,
    deps: Deps,
  ) => Promise<AnswerOf<All>>;
}

/** A route of any rules, for whoever has what it depends on. */
export interface Route<in Deps> {
  readonly id: RouteId;
  readonly summary: string;
  readonly params?: Schema | undefined;
  readonly query?: Schema | undefined;
  readonly body?: Schema | undefined;
  readonly headers?: Schema | undefined;
  readonly answers: Answers;
  handle(request: RouteRequest<never, never, never, never, never>, deps: Deps): Promise<RouteAnswer>;
}

/** Makes a route for everyone; the types of its request and of its answers follow from its schemas. */
export const openRoute = <
  const Id extends PublicRouteId,
  const All extends Answers,
  Deps,
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Headers extends Schema | undefined = undefined,
>(
  definition: RouteDefinition<Id, Params, Query, Body, Headers, All, undefined, Deps>,
): Route<Deps> => definition;

/** Makes a route for signed-in users. */
export const signedInRoute = <
  const Id extends StreamRouteId,
  const All extends Answers,
  Deps,
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Headers extends Schema | undefined = undefined,
>(
  definition: RouteDefinition<Id, Params, Query, Body, Headers, All, Caller, Deps>,
): Route<Deps> => definition;

/** The route's row in the table. */
export const rowOf = ({ id }: Pick<Route<never>, "id">): ApiRoute => routes[id];

/** All that some routes depend on together. */
export type DepsOf<Routes extends readonly Route<never>[]> = [Routes[number]] extends [Route<infer Deps>]
  ? Deps
  : never;
