import { type ApiRoute, defaultThrottle, type RouteId, routes } from "#domain/api/routes.ts";
import type { Route } from "../route.ts";
import { problems } from "./problems.ts";

const heading = `# The API
Every route, from the code; a test holds this page to it. What a route takes and answers, field by field, is in the
document that the API itself serves: \`GET /public/openapi.json\` (OpenAPI 3.1).

- Routes below \`/public\` are open. Those below \`/stream\` want an access token of the user pool: \`authorization: Bearer …\`.
- Requests and answers are JSON; a body is at most 16 KB, and fields and parameters that a route does not know are refused.
- Lists take \`limit\` (1 to 100, 24 if not said) and \`cursor\`, the \`next\` of the answer before.
- Every answer has an \`x-request-id\`. Nothing may be kept by a cache unless \`cache-control\` says so.
- What is refused is \`application/problem+json\`: \`{type, status, code, title, detail, errors?: [{field, rule, got}]}\`. Programs
  read \`code\`. API Gateway itself answers a missing or worthless token with 401, what is above the rate of a route with 429,
  and a path that no route has with 404, each as \`{"message": …}\`.
- Calls that count towards the caller's plan are refused with 429 \`PLAN_EXCEEDED\` and \`retry-after\` once it is used up.
`;

const rowOf = (id: RouteId, summary: string) => {
  const { method, path, throttle = defaultThrottle, counted }: ApiRoute = routes[id];
  return `| \`${method} ${path}\` | ${summary} | ${throttle.requestsPerSecond} | ${counted ? "yes" : ""} |`;
};

/** docs/reference/api.md */
export function apiPage(coded: readonly Route<never>[]): string {
  const part = (title: string, access: ApiRoute["access"]) => {
    const rows = coded.filter(({ id }) => routes[id].access === access).map(({ id, summary }) => rowOf(id, summary));
    return [`## ${title}`, "", "| route | does | calls a second | counted |", "|---|---|---|---|", ...rows, ""].join(
      "\n",
    );
  };
  const codes = Object.entries(problems).map(([code, { status, means }]) => `| \`${code}\` | ${status} | ${means} |`);
  const refusals = ["## Problems", "", "| code | status | means |", "|---|---|---|", ...codes, ""].join("\n");
  return [heading, part("Open", "open"), part("For signed-in users", "signed-in"), refusals].join("\n");
}
