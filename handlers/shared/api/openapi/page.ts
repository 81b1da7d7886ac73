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
- Of routes with a share, one user may make so many calls in so many seconds, however many all together may: above it is 429
  \`SHARE_EXCEEDED\`. Each such call also counts towards the caller's plan, which is 429 \`PLAN_EXCEEDED\` once it is used up.
  Both say \`retry-after\`.
`;

const rowOf = (id: RouteId, summary: string) => {
  const { method, path, throttle = defaultThrottle, share }: ApiRoute = routes[id];
  const shared = share ? `${share.calls} in ${share.seconds} s` : "";
  return `| \`${method} ${path}\` | ${summary} | ${throttle.requestsPerSecond} | ${shared} |`;
};

/** docs/reference/api.md */
export function apiPage(coded: readonly Route<never>[]): string {
  const part = (title: string, access: ApiRoute["access"]) => {
    const rows = coded.filter(({ id }) => routes[id].access === access).map(({ id, summary }) => rowOf(id, summary));
    return [
      `## ${title}`,
      "",
      "| route | does | calls a second | of one user |",
      "|---|---|---|---|",
      ...rows,
      "",
    ].join("\n");
  };
  const codes = Object.entries(problems).map(([code, { status, means }]) => `| \`${code}\` | ${status} | ${means} |`);
  const refusals = ["## Problems", "", "| code | status | means |", "|---|---|---|", ...codes, ""].join("\n");
  return [heading, part("Open", "open"), part("For signed-in users", "signed-in"), refusals].join("\n");
}
