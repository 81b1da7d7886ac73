import { useEffect, useState } from "preact/hooks";
import { onSession, type SessionState, sessionState } from "./session.ts";

/** Whether somebody is signed in. */
export function useSession(): SessionState {
  const [state, setState] = useState(sessionState);
  useEffect(() => onSession(() => setState(sessionState())), []);
  return state;
}
