import { arnFor } from "../service-model/arn.ts";
import { quotaExceeded } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Shapes } from "../service-model/generated/ivs.types.ts";
import { newId } from "../service-model/identifiers.ts";
import { page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { refuseWhileUsed } from "./in-use.ts";
import type { Operation } from "./state.ts";

/** Which MediaTailor configurations serve a channel's ad breaks. Kept and shown; no ads are served here. */
export type AdConfiguration = Required<Shapes["AdConfiguration"]>;

export const createAdConfiguration: Operation<"CreateAdConfiguration"> = (call, input) => {
  const { tables, settings } = call;
  const limit = settings.quotas.adConfigurations;
  if (tables.adConfigurations.size >= limit) throw quotaExceeded("ad configurations", limit);
  const adConfiguration: AdConfiguration = {
    arn: arnFor("ivs", call, "ad-configuration", newId()),
    name: input.name ?? "",
    mediaTailorPlaybackConfigurations: input.mediaTailorPlaybackConfigurations,
    postRollConfiguration: input.postRollConfiguration ?? { enabled: false, durationSeconds: 15 },
    tags: input.tags ?? {},
  };
  tables.adConfigurations.put(adConfiguration.arn, adConfiguration);
  return { adConfiguration };
};

export const getAdConfiguration: Operation<"GetAdConfiguration"> = (call, { arn }) => ({
  adConfiguration: find(call.tables.adConfigurations, arn),
});

export const updateAdConfiguration: Operation<"UpdateAdConfiguration"> = (call, input) => {
  const changes = pick(input, ["name", "mediaTailorPlaybackConfigurations", "postRollConfiguration"]);
  const adConfiguration = { ...find(call.tables.adConfigurations, input.arn), ...changes };
  call.tables.adConfigurations.put(adConfiguration.arn, adConfiguration);
  return { adConfiguration };
};

export const listAdConfigurations: Operation<"ListAdConfigurations"> = (call, input) => {
  const { tables, accountId, region } = call;
  const scope = ["ListAdConfigurations", accountId, region];
  const all = tables.adConfigurations.all();
  const { items, nextToken } = page(all, input, { scope, size: 100, key: ({ arn }) => arn });
  return { adConfigurations: items, nextToken };
};

export const deleteAdConfiguration: Operation<"DeleteAdConfiguration"> = (call, { arn }) => {
  find(call.tables.adConfigurations, arn);
  refuseWhileUsed(call, "adConfigurationArn", arn);
  call.tables.adConfigurations.delete(arn);
  return undefined;
};
