import { type ApiRoute, defaultThrottle } from "#domain/api/routes.ts";
import { type Answers, type Media, type Route, rowOf, type Schema } from "../route.ts";
import { type JsonSchema, toJsonSchema } from "./json-schema.ts";

const text = { type: "string" };

const problem = {
  type: "object",
  required: ["type", "status", "code", "title", "detail"],
  properties: {
    type: text,
    status: { type: "integer" },
    code: { ...text, description: "Never changes: programs read it." },
    title: text,
    detail: text,
    errors: {
      type: "array",
      items: { type: "object", required: ["field", "rule", "got"], properties: { field: text, rule: text, got: text } },
    },
  },
};

const meanings: Readonly<Record<number, string>> = { 200: "Done", 202: "Not yet", 204: "Done; nothing to say" };

const isMedia = (answer: Schema | Media): answer is Media => "contentType" in answer;

function contentOf(answer: Schema | Media | null | undefined): JsonSchema {
  if (!answer) return {};
  if (isMedia(answer)) return { content: { [answer.contentType]: {} } };
  return { content: { "application/json": { schema: toJsonSchema(answer) } } };
}

const responsesOf = (answers: Answers): JsonSchema => ({
  ...Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      { description: meanings[Number(status)] ?? "Answered", ...contentOf(answer) },
    ]),
  ),
  default: { $ref: "#/components/responses/Problem" },
});

/** The fields of an object schema as parameters of the request. */
function parametersOf(place: "path" | "query" | "header", schema: Schema | undefined): JsonSchema[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema) as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, rule]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: rule,
  }));
}

function operationOf(route: Route<never>, { access, throttle = defaultThrottle, share }: ApiRoute): JsonSchema {
  const { params, query, headers, body } = route;
  const parameters = [
    ...parametersOf("path", params),
    ...parametersOf("query", query),
    ...parametersOf("header", headers),
  ];
  return {
    operationId: route.id,
    summary: route.summary,
    ...(access === "signed-in" && { security: [{ accessToken: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: toJsonSchema(body) } } },
    }),
    responses: responsesOf(route.answers),
    "x-requests-per-second": throttle.requestsPerSecond,
    ...(share && { "x-requests-of-one-user": share }),
  };
}

/** The document of an API (OpenAPI 3.1): its routes, in the order given, with what they take and answer. */
export function openApiDocument(routes: readonly Route<never>[]): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const row = rowOf(route);
    paths[row.path] = { ...paths[row.path], [row.method.toLowerCase()]: operationOf(route, row) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Onair",
      version: "1",
      description:
        "Channels, chat and accounts. Lists are paged: `next` of an answer is the `cursor` of the next call.",
    },
    paths,
    components: {
      securitySchemes: { accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      responses: {
        Problem: {
          description: "Refused or failed (RFC 9457)",
          headers: { "x-request-id": { schema: text } },
          content: { "application/problem+json": { schema: problem } },
        },
      },
    },
  };
}
