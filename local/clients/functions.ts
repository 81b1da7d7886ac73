import { placeOf } from "../service-model/arn.ts";
import { type Connections, connect, type Emulator } from "./connect.ts";
import { type LambdaClient, loadLambda } from "./sdk.ts";

/** Lambda Invoke. */
export interface Functions extends Pick<Connections<LambdaClient>, "open" | "close"> {
  /**
   * Calls a function in its own account and region, once, and resolves with its answer, parsed. Rejects where it cannot
   * be called, or has failed.
   * @param functionArn may end with a version or an alias
   */
  invoke(functionArn: string, payload: unknown): Promise<unknown>;
  /** Loads what calls need, so that the first one does not wait for it. */
  load(): Promise<void>;
}

export const connectFunctions = (emulator: Emulator): Functions => {
  const { open, call, close } = connect(emulator, { timeoutMilliseconds: 5000, maxAttempts: 1 }, async (settings) => {
    const { LambdaClient } = await loadLambda();
    return new LambdaClient(settings);
  });
  return {
    invoke: async (functionArn, payload) => {
      const { InvokeCommand } = await loadLambda();
      const command = new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(payload)) });
      const answer = await call(placeOf(functionArn), (client, limits) => client.send(command, limits));
      if (answer.FunctionError) throw new Error(`the function failed: ${answer.FunctionError}`);
      return JSON.parse(Buffer.from(answer.Payload ?? []).toString("utf8"));
    },
    load: async () => {
      await loadLambda();
    },
    open,
    close,
  };
};
