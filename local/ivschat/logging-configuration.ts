import { arnFor } from "../service-model/arn.ts";
import { conflict, quotaExceeded } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Shapes } from "../service-model/generated/ivschat.types.ts";
import { newId } from "../service-model/identifiers.ts";
import { page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { type Settling, stateAt } from "../service-model/settle.ts";
import type { Operation } from "./state.ts";

type State = Shapes["LoggingConfigurationState"];

/** A logging configuration as it is kept; its state follows from the clock. */
export type LoggingConfiguration = Required<Omit<Shapes["LoggingConfigurationSummary"], "state">> & {
  readonly settling: Settling<State>;
};

const show = (configuration: LoggingConfiguration, now: number): Shapes["LoggingConfigurationSummary"] => {
  const { settling, ...shown } = configuration;
  return { ...shown, state: stateAt(settling, now) };
};

// The answers to create and update know no other state than ACTIVE in the model; a client that needs to know
// whether logging has begun asks GetLoggingConfiguration.
const showAccepted = (configuration: LoggingConfiguration) => ({ ...show(configuration, 0), state: "ACTIVE" }) as const;

export const createLoggingConfiguration: Operation<"CreateLoggingConfiguration"> = (call, input) => {
  const { tables, settings, now } = call;
  const limit = settings.quotas.loggingConfigurations;
  if (tables.loggingConfigurations.size >= limit) throw quotaExceeded("logging configurations", limit);
  const id = newId();
  const time = new Date(now).toISOString();
  const configuration: LoggingConfiguration = {
    arn: arnFor("ivschat", call, "logging-configuration", id),
    id,
    createTime: time,
    updateTime: time,
    name: input.name ?? "",
    destinationConfiguration: input.destinationConfiguration,
    tags: input.tags ?? {},
    settling: { before: "CREATING", after: "ACTIVE", at: now + settings.settleMilliseconds },
  };
  tables.loggingConfigurations.put(configuration.arn, configuration);
  return showAccepted(configuration);
};

export const getLoggingConfiguration: Operation<"GetLoggingConfiguration"> = ({ tables, now }, { identifier }) =>
  show(find(tables.loggingConfigurations, identifier), now);

export const updateLoggingConfiguration: Operation<"UpdateLoggingConfiguration"> = (call, input) => {
  const { tables, settings, now } = call;
  const configuration: LoggingConfiguration = {
    ...find(tables.loggingConfigurations, input.identifier),
    ...pick(input, ["name", "destinationConfiguration"]),
    updateTime: new Date(now).toISOString(),
    settling: { before: "UPDATING", after: "ACTIVE", at: now + settings.settleMilliseconds },
  };
  tables.loggingConfigurations.put(configuration.arn, configuration);
  return showAccepted(configuration);
};

export const listLoggingConfigurations: Operation<"ListLoggingConfigurations"> = (call, input) => {
  const { tables, accountId, region, now } = call;
  const scope = ["ListLoggingConfigurations", accountId, region];
  const all = tables.loggingConfigurations.all();
  const { items, nextToken } = page(all, input, { scope, size: 50, key: ({ arn }) => arn });
  return { loggingConfigurations: items.map((item) => show(item, now)), nextToken };
};

export const deleteLoggingConfiguration: Operation<"DeleteLoggingConfiguration"> = ({ tables }, { identifier }) => {
  find(tables.loggingConfigurations, identifier);
  const user = tables.rooms.all().find((room) => room.loggingConfigurationIdentifiers.includes(identifier));
  if (user) throw conflict(identifier, `Resource: ${identifier} is in use by room ${user.arn}`);
  tables.loggingConfigurations.delete(identifier);
  return undefined;
};
