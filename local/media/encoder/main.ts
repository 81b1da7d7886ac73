import { createInterface } from "node:readline";
import { CloudFailure } from "../../failure.ts";
import { maskStreamKey } from "../rtmp/stream-name.ts";
import { EncoderFailure } from "./encoder-failure.ts";
import { type Order, parseOrder } from "./order.ts";
import { type EncoderEvent, runEncoder } from "./run-encoder.ts";

/**
 * Sends video to an RTMP server. Reads one line of JSON from its standard input, the order, and ends in good order when
 * that closes or a signal comes: so it never outlives who started it. What happens is told in lines of JSON. A stream key
 * stands in neither its arguments nor its words.
 */
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort(signal));

const readOrder = (): Promise<Order> =>
  new Promise((resolve, reject) => {
    const lines = createInterface({ input: process.stdin });
    lines.once("line", (line) => {
      try {
        resolve(parseOrder(line));
      } catch (error) {
        reject(error);
      }
    });
    lines.once("close", () => {
      stop.abort("its standard input closed");
      reject(new TypeError("no order came"));
    });
  });

const tellMasking =
  (streamKey: string) =>
  (event: EncoderEvent): void => {
    process.stdout.write(`${JSON.stringify(event).replaceAll(streamKey, maskStreamKey(streamKey))}\n`);
  };

const main = async (): Promise<number> => {
  const order = await readOrder();
  const tell = tellMasking(order.streamKey);
  try {
    await runEncoder(order, tell, stop.signal);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      tell({ event: "ended", seconds: 0, bytes: 0 });
      return 0;
    }
    if (error instanceof EncoderFailure) tell({ event: error.kind, reason: error.message });
    else if (error instanceof CloudFailure) tell({ event: "failed", code: error.code, reason: error.message });
    else tell({ event: "failed", code: "UNEXPECTED", reason: String((error as Error).stack) });
    return 1;
  }
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
process.stdin.destroy();
