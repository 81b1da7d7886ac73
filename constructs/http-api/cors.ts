import type { Apigatewayv2ApiCorsConfiguration as CorsConfiguration } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";

/** Which pages of other origins may call the API, without cookies. */
export interface Cors {
  /** For example `https://live.example.com`: never `*`. */
  readonly allowOrigins: readonly string[];
  /** Headers that a page may send. @default authorization, content-type */
  readonly allowHeaders?: readonly string[];
  /** Headers that a page may read. @default retry-after */
  readonly exposeHeaders?: readonly string[];
  /** How long a browser remembers the answer, 0 to 86400. @default 3600 */
  readonly maximumAgeSeconds?: number;
}

const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/;

/** CORS as the provider names it, for the methods that the API has. Throws ERR_ORIGIN. */
export function corsConfiguration(scope: Construct, cors: Cors, methods: readonly string[]): CorsConfiguration {
  const { allowOrigins, maximumAgeSeconds = 3600 } = cors;
  const { allowHeaders = ["authorization", "content-type"], exposeHeaders = ["retry-after"] } = cors;
  checkRange(scope, "cors.maximumAgeSeconds", maximumAgeSeconds, { minimum: 0, maximum: 86_400, unit: "seconds" });
  const wrong = allowOrigins.find((origin) => !Token.isUnresolved(origin) && !ORIGIN.test(origin));
  if (wrong !== undefined) {
    const rule = "must be origins such as https://live.example.com, in small letters, without a path";
    throw new ConfigError("ERR_ORIGIN", scope, "cors.allowOrigins", rule, wrong);
  }
  return {
    allowOrigins: [...allowOrigins],
    allowMethods: [...new Set(methods)].sort(),
    allowHeaders: [...allowHeaders],
    exposeHeaders: [...exposeHeaders],
    allowCredentials: false,
    maxAge: maximumAgeSeconds,
  };
}
