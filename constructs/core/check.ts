import { Token } from "cdktf";
import type { Construct } from "constructs";
import { ConfigError } from "./config-error.ts";

/** What an IVS or IVS Chat name may be made of (service model: ChannelName, RoomName and their kin). */
const NAME = /^[a-zA-Z0-9-_]+$/;

/** Refuses a number outside `minimum` to `maximum`. A token is let through: only Terraform knows its value. */
export function checkRange(
  scope: Construct,
  property: string,
  value: number | undefined,
  { minimum, maximum, unit }: { minimum: number; maximum: number; unit: string },
): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new ConfigError(
      "ERR_RANGE",
      scope,
      property,
      `must be a whole number, ${minimum} to ${maximum} ${unit}`,
      value,
    );
  }
}

/** Refuses a name that IVS or IVS Chat would refuse. */
export function checkName(scope: Construct, property: string, value: string | undefined, maximum = 128): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!NAME.test(value) || value.length > maximum) {
    const rule = `must be 1 to ${maximum} letters, digits, hyphens or underscores`;
    throw new ConfigError("ERR_NAME", scope, property, rule, value);
  }
}

/** Refuses an ARN of another service or another kind of resource, for example a room's where a channel's is wanted. */
export function checkArn(scope: Construct, property: string, value: string, service: string, resource: string): void {
  if (Token.isUnresolved(value)) return;
  const [arn, , gotService, , , gotResource = ""] = value.split(":");
  if (arn !== "arn" || gotService !== service || !gotResource.startsWith(`${resource}/`)) {
    throw new ConfigError("ERR_ARN", scope, property, `must be the ARN of an ${service} ${resource}`, value);
  }
}
