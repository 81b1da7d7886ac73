import wasmWorker from "amazon-ivs-player/dist/assets/amazon-ivs-wasmworker.min.js?url";
import wasmBinary from "amazon-ivs-player/dist/assets/amazon-ivs-wasmworker.min.wasm?url";
import type { StartEngine } from "./engine.ts";

/** Its worker is started from a blob, which has no address that another could be relative to. */
const absolute = (address: string) => new URL(address, location.href).href;

/** What HTTP says to who may not. */
const refusals = [401, 403];

/** Plays with Amazon's own player, which is not open source: it is loaded from its package when somebody chooses it. */
export const startIvs: StartEngine = async (video, url, events) => {
  const { create, ErrorType, isPlayerSupported, LogLevel, PlayerEventType, PlayerState } = await import(
    "amazon-ivs-player"
  );
  if (!isPlayerSupported) {
    events.failed("unsupported");
    return { secondsBehind: () => undefined, toLive: async () => {}, destroy: () => {} };
  }
  const player = create({
    wasmWorker: absolute(wasmWorker),
    wasmBinary: absolute(wasmBinary),
    logLevel: LogLevel.ERROR,
  });
  player.addEventListener(PlayerState.PLAYING, events.playing);
  player.addEventListener(PlayerState.BUFFERING, events.waiting);
  player.addEventListener(PlayerState.ENDED, events.ended);
  player.addEventListener(PlayerEventType.TEXT_METADATA_CUE, ({ text }) => events.cue(text));
  player.addEventListener(PlayerEventType.ERROR, ({ type, code }) => {
    // A token that ends while it plays is an error of the network, or of a stream that is not there.
    events.failed(type === ErrorType.AUTHORIZATION || refusals.includes(code) ? "refused" : "broken");
  });
  player.attachHTMLVideoElement(video);
  player.setMuted(video.muted);
  player.setAutoplay(true);
  player.load(url);

  return {
    secondsBehind: () => player.getLiveLatency() || undefined,
    toLive: async (address) => {
      player.load(await address());
      player.play();
    },
    destroy: () => player.delete(),
  };
};
