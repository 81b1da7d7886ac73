/** A state that a service reaches by itself some time after the request that began it. */
export interface Settling<State extends string> {
  readonly before: State;
  readonly after: State;
  /** When it settles, in milliseconds since 1970. */
  readonly at: number;
}

/** The state at a moment; nothing runs in the background, so it holds across a restart. */
export const stateAt = <State extends string>({ before, after, at }: Settling<State>, now: number): State =>
  now < at ? before : after;
