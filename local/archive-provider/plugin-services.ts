import { type Methods, SILENT_STREAM } from "./grpc-server.ts";
import { encodeMessage } from "./wire.ts";

const SERVING = 1;

/**
 * What every plugin answers beside its own service: health, shutdown, and two streams that stay silent
 * (standard output of the plugin, and brokered connections, neither of which a provider uses).
 */
export const pluginServices = (shutdown: () => void): Methods => ({
  "/grpc.health.v1.Health/Check": () => encodeMessage({ 1: SERVING }),
  "/plugin.GRPCController/Shutdown": () => {
    // After the answer has left: Terraform waits for the process to end by itself and kills it otherwise.
    setTimeout(shutdown, 10);
    return encodeMessage({});
  },
  "/plugin.GRPCStdio/StreamStdio": SILENT_STREAM,
  "/plugin.GRPCBroker/StartStream": SILENT_STREAM,
});
