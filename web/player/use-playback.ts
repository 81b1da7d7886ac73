import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/api-error.ts";
import { afterRetryAfter, backoff } from "../backoff.ts";
import type { Engine, EngineFailure } from "./engine.ts";
import { type EngineName, startEngine } from "./engines.ts";
import { watchProgress } from "./progress.ts";
import { type Refusal, refusalOf, streamRefused } from "./refusal.ts";
import type { Address } from "./use-address.ts";
import { useOnAir } from "./use-on-air.ts";

/**
 * `waiting`: nothing to show for the moment. `retrying`: the player gave up, and will begin afresh. `busy`: the server has
 * too much to do to say where to play; it will be asked again.
 */
export type Phase = "off" | "waiting" | "playing" | "retrying" | "busy" | "refused" | "unsupported";

export interface Playback {
  readonly phase: Phase;
  readonly secondsBehind: number | undefined;
  /** Why nothing plays, while the phase is `refused`. */
  readonly refusal: Refusal | undefined;
  toLive(): void;
  /** Begins afresh, for who was refused. */
  again(): void;
}

export interface PlaybackOptions {
  readonly video: HTMLVideoElement | null;
  readonly live: boolean;
  /** Asked whenever a player begins. Undefined where it is not known. */
  readonly address: Address | undefined;
  readonly engine: EngineName;
  readonly onCue: (text: string) => void;
}

/**
 * Plays a channel's stream in a video element, and begins afresh, ever more slowly, when the player gives up or the picture
 * stands still: what is live according to the server is played sooner or later, without a reload. Who is refused by the
 * stream asks for another address once; if that is refused, too, before it has played for a while, the viewer has to ask.
 */
export function usePlayback({ video, live, address, engine: name, onCue }: PlaybackOptions): Playback {
  const [phase, setPhase] = useState<Phase>("waiting");
  const [secondsBehind, setSecondsBehind] = useState<number>();
  const [attempt, setAttempt] = useState(0);
  const [refusal, setRefusal] = useState<Refusal>();
  const failures = useRef(0);
  const refusals = useRef(0);
  const engine = useRef<Engine | undefined>(undefined);
  const tellCue = useRef(onCue);
  tellCue.current = onCue;
  const isOnAir = useOnAir(live, phase === "playing");

  useEffect(() => {
    setPhase("waiting");
    setSecondsBehind(undefined);
    setRefusal(undefined);
    // What comes next is another stream.
    if (!isOnAir) refusals.current = 0;
    if (!video || !isOnAir || address === undefined) return;
    const session = new AbortController();
    const { signal } = session;
    /** What an engine tells after its end is of no interest. */
    const heard =
      <Said extends unknown[]>(listen: (...said: Said) => void) =>
      (...said: Said) => {
        if (!signal.aborted) listen(...said);
      };
    const beginAfresh = heard((meanwhile: Phase, pause?: number) => {
      setPhase(meanwhile);
      stopWatching();
      failures.current += 1;
      const timer = setTimeout(() => setAttempt((count) => count + 1), pause ?? backoff(failures.current));
      signal.addEventListener("abort", () => clearTimeout(timer));
    });
    const giveUp = (why: Refusal) => {
      stopWatching();
      setPhase("refused");
      setRefusal(why);
    };
    const fail = heard((failure: EngineFailure) => {
      if (failure === "broken") return beginAfresh("retrying");
      if (failure === "unsupported") return setPhase(failure);
      refusals.current += 1;
      if (refusals.current === 1) beginAfresh("waiting");
      else giveUp(streamRefused);
    });
    const notAdmitted = heard((error: unknown) => {
      const why = refusalOf(error);
      if (why) return giveUp(why);
      const pause = error instanceof ApiError ? error.retryAfterSeconds : undefined;
      if (pause === undefined) beginAfresh("retrying");
      else beginAfresh("busy", afterRetryAfter(pause, failures.current + 1));
    });
    const stopWatching = watchProgress(video, {
      secondsBehind: () => engine.current?.secondsBehind(),
      eachSecond: () => setSecondsBehind(engine.current?.secondsBehind()),
      moving: () => {
        failures.current = 0;
        refusals.current = 0;
      },
      farBehind: () => engine.current?.toLive(address).catch(() => fail("broken")),
      still: () => fail("broken"),
    });
    const start = async (url: string) => {
      if (signal.aborted) return;
      const started = await startEngine(name)(video, url, {
        playing: heard(() => setPhase("playing")),
        waiting: heard(() => setPhase("waiting")),
        // Until the server says so, too, it may be another stream's turn.
        ended: () => beginAfresh("waiting"),
        failed: fail,
        cue: heard((text) => tellCue.current(text)),
      });
      if (signal.aborted) started.destroy();
      else engine.current = started;
    };
    // What rejects in the end is the player's own program, which could not be fetched.
    address()
      .then(start, notAdmitted)
      .catch(() => fail("broken"));
    return () => {
      session.abort();
      stopWatching();
      engine.current?.destroy();
      engine.current = undefined;
    };
  }, [video, isOnAir, address, name, attempt]);

  const beginNow = () => setAttempt((count) => count + 1);
  return {
    phase: isOnAir ? phase : "off",
    secondsBehind,
    refusal,
    toLive: () => address && engine.current?.toLive(address).catch(beginNow),
    again: () => {
      refusals.current = 0;
      beginNow();
    },
  };
}
