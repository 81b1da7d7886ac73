import { useEffect, useRef, useState } from "preact/hooks";
import { backoff } from "../backoff.ts";
import type { Engine, EngineFailure } from "./engine.ts";
import { type EngineName, startEngine } from "./engines.ts";
import { watchProgress } from "./progress.ts";
import type { Source } from "./use-source.ts";

/** `waiting`: nothing to show for the moment. `retrying`: the player gave up, and will begin afresh. */
export type Phase = "waiting" | "playing" | "retrying" | "refused" | "unsupported";

export interface Playback {
  readonly phase: Phase;
  readonly secondsBehind: number | undefined;
  toLive(): void;
}

export interface PlaybackOptions {
  readonly video: HTMLVideoElement | null;
  /** Undefined off air. */
  readonly source: Source | undefined;
  readonly engine: EngineName;
  readonly onCue: (text: string) => void;
  /** Told whenever nothing is left to show. */
  readonly onEmpty: () => void;
}

/**
 * Plays a source in a video element, and begins afresh, ever more slowly, when the player gives up or the picture stands
 * still: what is live according to the server is played sooner or later, without a reload.
 */
export function usePlayback(options: PlaybackOptions): Playback {
  const { video, source, engine: name } = options;
  const [phase, setPhase] = useState<Phase>("waiting");
  const [secondsBehind, setSecondsBehind] = useState<number>();
  const [attempt, setAttempt] = useState(0);
  const failures = useRef(0);
  const engine = useRef<Engine | undefined>(undefined);
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    setPhase("waiting");
    setSecondsBehind(undefined);
    if (!video || !source) return;
    const session = new AbortController();
    const { signal } = session;
    const unlessOver =
      <Arguments extends unknown[]>(tell: (...said: Arguments) => void) =>
      (...said: Arguments) => {
        if (!signal.aborted) tell(...said);
      };
    const fail = (failure: EngineFailure) => {
      if (failure !== "broken") return setPhase(failure);
      setPhase("retrying");
      failures.current += 1;
      const timer = setTimeout(() => setAttempt((count) => count + 1), backoff(failures.current));
      signal.addEventListener("abort", () => clearTimeout(timer));
      stopWatching();
      latest.current.onEmpty();
    };
    const stopWatching = watchProgress(video, {
      moving: unlessOver(() => {
        failures.current = 0;
      }),
      still: unlessOver(() => fail("broken")),
      eachSecond: unlessOver(() => setSecondsBehind(engine.current?.secondsBehind())),
      farBehind: unlessOver(() => engine.current?.toLive()),
      secondsBehind: () => engine.current?.secondsBehind(),
    });
    const empty = unlessOver(() => {
      setPhase("waiting");
      latest.current.onEmpty();
    });
    const events = {
      playing: unlessOver(() => setPhase("playing")),
      waiting: empty,
      ended: empty,
      failed: unlessOver(fail),
      cue: unlessOver((text: string) => latest.current.onCue(text)),
    };
    startEngine(name)(video, source.url, events).then(
      (started) => {
        if (signal.aborted) started.destroy();
        else engine.current = started;
      },
      // The program of the player could not be fetched.
      () => events.failed("broken"),
    );
    return () => {
      session.abort();
      stopWatching();
      engine.current?.destroy();
      engine.current = undefined;
    };
  }, [video, source?.url, source?.startedAt, name, attempt]);

  return { phase, secondsBehind, toLive: () => engine.current?.toLive() };
}
