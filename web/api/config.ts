import * as v from "valibot";
import { ApiError } from "./api-error.ts";

const config = v.object({
  userPoolId: v.string(),
  userPoolClientId: v.string(),
  /** A path of the page's own origin, or an address. @default Cognito's own */
  userPoolEndpoint: v.optional(v.string()),
  /** Where encoders send to, for every channel. @default what the API says of the channel */
  ingestUrl: v.optional(v.string()),
});

/** What the page must know of where it runs. */
export type Config = Readonly<v.InferOutput<typeof config>>;

/** @throws ApiError */
export async function readConfig(): Promise<Config> {
  const response = await fetch("/config.json").catch(() => undefined);
  const parsed = v.safeParse(config, await response?.json().catch(() => undefined));
  if (parsed.success) return parsed.output;
  throw new ApiError(response?.status ?? 0, "The server does not say where users sign in.");
}
