import type { Operations } from "../service-model/generated/ivschat.types.ts";
import type { Call, OperationTable } from "../service-model/service.ts";
import { createState, type State } from "../service-model/state.ts";
import type { ChatTokenClaims } from "./chat-token.ts";
import type { LoggingConfiguration } from "./logging-configuration.ts";
import type { IvsChatSettings } from "./options.ts";
import type { Room } from "./room.ts";

/** What IVS Chat remembers of one account and region, each by its ARN. */
export interface IvsChatRows {
  readonly rooms: Room;
  readonly loggingConfigurations: LoggingConfiguration;
}

/** What each IVS Chat operation gets besides its input. */
export type IvsChatCall = Call<IvsChatRows> & {
  readonly settings: IvsChatSettings;
  /** Makes the token that stands for these claims. */
  readonly sealToken: (claims: ChatTokenClaims) => string;
};

/** The type of one operation. */
export type Operation<Name extends keyof Operations> = OperationTable<Operations, IvsChatCall>[Name];

/** An empty state. */
export const createIvsChatState = (): State<IvsChatRows> =>
  createState<IvsChatRows>(["rooms", "loggingConfigurations"]);
