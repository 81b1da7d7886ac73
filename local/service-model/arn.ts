/** The ARN of a service's resource in the account and region that a call is for. */
export const arnFor = (
  service: "ivs" | "ivschat",
  { region, accountId }: { readonly region: string; readonly accountId: string },
  type: string,
  id: string,
): string => `arn:aws:${service}:${region}:${accountId}:${type}/${id}`;
