import type { Place } from "./state.ts";

/** The ARN of a service's resource in the account and region that a call is for. */
export const arnFor = (service: "ivs" | "ivschat", { region, accountId }: Place, type: string, id: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${type}/${id}`;

/** The account and region of an ARN. */
export const placeOf = (arn: string): Place => {
  const [, , , region = "", accountId = ""] = arn.split(":");
  return { accountId, region };
};
