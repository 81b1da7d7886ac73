import type { Service } from "../service.ts";
import { ServiceError } from "../service-model/error.ts";
import { loadModel } from "../service-model/model.ts";
import { createRateLimiter } from "../service-model/rates.ts";
import { createService } from "../service-model/service.ts";
import type { State } from "../service-model/state.ts";
import { ivsOperations } from "./operations.ts";
import { type IvsOptions, withDefaults } from "./options.ts";
import { ivsPermissions } from "./permissions.ts";
import { ivsRules } from "./rules.ts";
import { createIvsState, type IvsRows } from "./state.ts";

/** The control plane of Amazon IVS (low latency, API 2020-07-14), with its state for the engine that carries the video. */
export interface Ivs extends Service {
  readonly state: State<IvsRows>;
}

/** Makes an empty IVS. */
export const createIvs = (options: IvsOptions = {}): Ivs => {
  const settings = withDefaults(options);
  const state = createIvsState();
  const service = createService({
    model: loadModel("ivs"),
    state,
    operations: ivsOperations,
    rules: ivsRules,
    permissions: ivsPermissions,
    limitRate: createRateLimiter(options.rates ?? {}),
    now: settings.now,
    openCall: (call) => ({ ...call, settings }),
    // The model has no error for it; this is the one of the rest-json protocol (unverified for IVS).
    unknownOperation: () => new ServiceError("UnknownOperationException", "The operation does not exist"),
  });
  return Object.assign(service, { state });
};
