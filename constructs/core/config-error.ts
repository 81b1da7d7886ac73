import type { Construct } from "constructs";

/**
 * A construct was given something that the service or the provider would refuse.
 * Thrown while the app is synthesized, so nothing has been sent to AWS yet.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** Stable; documented in docs/reference/errors.md. */
  readonly code: string;
  /** The construct that was given the value, for example `platform/house-1/channel`. */
  readonly path: string;
  readonly property: string;

  constructor(code: string, scope: Construct, property: string, rule: string, got: unknown) {
    super(`${scope.node.path}, ${property}: ${rule}; got ${JSON.stringify(got)}.  ${code}`);
    this.code = code;
    this.path = scope.node.path;
    this.property = property;
  }
}
