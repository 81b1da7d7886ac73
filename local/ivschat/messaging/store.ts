import { placeOf } from "../../service-model/arn.ts";
import { stateAt } from "../../service-model/settle.ts";
import type { State } from "../../service-model/state.ts";
import type { LoggingConfiguration } from "../logging-configuration.ts";
import type { Room } from "../room.ts";
import type { IvsChatRows } from "../state.ts";

/** What the control plane knows that messaging depends on, always as it is now. */
export interface ChatStore {
  room(arn: string): Room | undefined;
  /** Where a room's messages are logged at a moment: its configurations that are ACTIVE. */
  loggingConfigurations(room: Room, now: number): readonly LoggingConfiguration[];
}

/**
 * Reads the control plane's state.
 * @param state asked for with each look-up: the control plane is made after messaging, which it needs
 */
export const createChatStore = (state: () => State<IvsChatRows>): ChatStore => {
  const tablesOf = (arn: string) => {
    const { accountId, region } = placeOf(arn);
    return state().in(accountId, region);
  };
  return {
    room: (arn) => tablesOf(arn).rooms.get(arn),
    loggingConfigurations: ({ arn, loggingConfigurationIdentifiers }, now) => {
      const { loggingConfigurations } = tablesOf(arn);
      return loggingConfigurationIdentifiers.flatMap((identifier) => {
        const configuration = loggingConfigurations.get(identifier);
        return configuration && stateAt(configuration.settling, now) === "ACTIVE" ? [configuration] : [];
      });
    },
  };
};
