import { useEffect, useRef, useState } from "preact/hooks";
import { backoff } from "../backoff.ts";
import type { Engine, EngineFailure } from "./engine.ts";
import { type EngineName, startEngine } from "./engines.ts";
import { watchProgress } from "./progress.ts";
import { useOnAir } from "./use-on-air.ts";

/** `waiting`: nothing to show for the moment. `retrying`: the player gave up, and will begin afresh. */
export type Phase = "off" | "waiting" | "playing" | "retrying" | "refused" | "unsupported";

export interface Playback {
  readonly phase: Phase;
  readonly secondsBehind: number | undefined;
  toLive(): void;
}

export interface PlaybackOptions {
  readonly video: HTMLVideoElement | null;
  readonly live: boolean;
  /** Undefined where it is not known. */
  readonly url: string | undefined;
  readonly engine: EngineName;
  readonly onCue: (text: string) => void;
}

/**
 * Plays a channel's stream in a video element, and begins afresh, ever more slowly, when the player gives up or the picture
 * stands still: what is live according to the server is played sooner or later, without a reload.
 */
export function usePlayback({ video, live, url, engine: name, onCue }: PlaybackOptions): Playback {
  const [phase, setPhase] = useState<Phase>("waiting");
  const [secondsBehind, setSecondsBehind] = useState<number>();
  const [attempt, setAttempt] = useState(0);
  const failures = useRef(0);
  const engine = useRef<Engine | undefined>(undefined);
  const tellCue = useRef(onCue);
  tellCue.current = onCue;
  const isOnAir = useOnAir(live, phase === "playing");

  useEffect(() => {
    setPhase("waiting");
    setSecondsBehind(undefined);
    if (!video || !isOnAir || url === undefined) return;
    const session = new AbortController();
    const { signal } = session;
    /** What an engine tells after its end is of no interest. */
    const heard =
      <Said extends unknown[]>(listen: (...said: Said) => void) =>
      (...said: Said) => {
        if (!signal.aborted) listen(...said);
      };
    const beginAfresh = heard((meanwhile: Phase) => {
      setPhase(meanwhile);
      stopWatching();
      failures.current += 1;
      const timer = setTimeout(() => setAttempt((count) => count + 1), backoff(failures.current));
      signal.addEventListener("abort", () => clearTimeout(timer));
    });
    const fail = heard((failure: EngineFailure) =>
      failure === "broken" ? beginAfresh("retrying") : setPhase(failure),
    );
    const stopWatching = watchProgress(video, {
      secondsBehind: () => engine.current?.secondsBehind(),
      eachSecond: () => setSecondsBehind(engine.current?.secondsBehind()),
      moving: () => {
        failures.current = 0;
      },
      farBehind: () => engine.current?.toLive(),
      still: () => fail("broken"),
    });
    startEngine(name)(video, url, {
      playing: heard(() => setPhase("playing")),
      waiting: heard(() => setPhase("waiting")),
      // Until the server says so, too, it may be another stream's turn.
      ended: () => beginAfresh("waiting"),
      failed: fail,
      cue: heard((text) => tellCue.current(text)),
    }).then(
      (started) => {
        if (signal.aborted) started.destroy();
        else engine.current = started;
      },
      // The player's own program could not be fetched.
      () => fail("broken"),
    );
    return () => {
      session.abort();
      stopWatching();
      engine.current?.destroy();
      engine.current = undefined;
    };
  }, [video, isOnAir, url, name, attempt]);

  return { phase: isOnAir ? phase : "off", secondsBehind, toLive: () => engine.current?.toLive() };
}
