import { useEffect, useState } from "preact/hooks";
import { useSession } from "../account/use-session.ts";
import { ApiError } from "../api/api-error.ts";
import { getMe } from "../api/own.ts";
import type { Me } from "../api/schema.ts";

export interface OwnAccount {
  /** Undefined while nobody is signed in, and until it is known. */
  readonly me: Me | undefined;
  readonly isSignedIn: boolean;
  /** Why it is not known; fit for people. */
  readonly problem: string | undefined;
  /** Asks again, after a change. */
  readonly reload: () => void;
}

/** A channel is made within seconds; who waits for a quota of the service waits longer. */
const pauses = { preparing: 2000, "waiting-for-quota": 15_000, deleting: 5000 } as const;
const failedPause = 5000;

/** The account of whoever is signed in; asked for again until it is ready. */
export function useMe(): OwnAccount {
  const isSignedIn = useSession() === "signed-in";
  const [me, setMe] = useState<Me>();
  const [problem, setProblem] = useState<string>();
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    if (!isSignedIn) {
      setMe(undefined);
      setProblem(undefined);
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const ask = async () => {
      let pause: number | undefined = failedPause;
      try {
        const found = await getMe();
        if (stopped) return;
        setMe(found);
        setProblem(undefined);
        pause = found.state === "ready" ? undefined : pauses[found.state];
      } catch (error) {
        if (stopped) return;
        if (!(error instanceof ApiError)) throw error;
        setProblem(error.message);
      }
      if (pause !== undefined) timer = setTimeout(ask, pause);
    };
    ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [isSignedIn, asked]);

  return { me, isSignedIn, problem, reload: () => setAsked((count) => count + 1) };
}
