import type { Service } from "../service.ts";
import { ServiceError } from "../service-model/error.ts";
import { loadModel } from "../service-model/model.ts";
import { createRateLimiter } from "../service-model/rates.ts";
import { createService } from "../service-model/service.ts";
import type { State } from "../service-model/state.ts";
import { type ChatTokenClaims, newTokenKey, openToken, sealToken } from "./chat-token.ts";
import { ivsChatOperations } from "./operations.ts";
import { type IvsChatOptions, withDefaults } from "./options.ts";
import { ivsChatPermissions } from "./permissions.ts";
import { ivsChatRules } from "./rules.ts";
import { createIvsChatState, type IvsChatRows } from "./state.ts";

/** The control plane of Amazon IVS Chat (API 2020-07-14), with what the engine that holds the connections needs. */
export interface IvsChat extends Service {
  readonly state: State<IvsChatRows>;
  /** What a token says, expired or not; undefined where this service did not make it. */
  openToken(token: string): ChatTokenClaims | undefined;
}

interface Saved {
  readonly state: unknown;
  /** Base64; tokens in people's hands outlive a restart. */
  readonly tokenKey: string;
}

/** Makes an empty IVS Chat. */
export const createIvsChat = (options: IvsChatOptions = {}): IvsChat => {
  const settings = withDefaults(options);
  const state = createIvsChatState();
  let tokenKey = newTokenKey();
  const service = createService({
    model: loadModel("ivschat"),
    state,
    operations: ivsChatOperations,
    rules: ivsChatRules,
    permissions: ivsChatPermissions,
    limitRate: createRateLimiter(options.rates ?? {}),
    now: settings.now,
    openCall: (call) => ({ ...call, settings, sealToken: (claims) => sealToken(tokenKey, claims) }),
    unknownOperation: () =>
      new ServiceError("ValidationException", "The operation does not exist", { reason: "UNKNOWN_OPERATION" }),
  });
  return Object.assign(service, {
    state,
    openToken: (token: string) => openToken(tokenKey, token),
    save: (): Saved => ({ state: state.save(), tokenKey: tokenKey.toString("base64") }),
    restore: (saved: unknown) => {
      const { state: rows, tokenKey: key } = saved as Saved;
      state.restore(rows);
      tokenKey = Buffer.from(key, "base64");
    },
  });
};
