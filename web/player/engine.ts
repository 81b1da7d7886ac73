/** What a player tells of its playback. */
export interface EngineEvents {
  /** Pictures move. */
  readonly playing: () => void;
  /** Nothing is left to play for now. */
  readonly waiting: () => void;
  /** The stream is over, and all of it was shown. */
  readonly ended: () => void;
  /** It gave up. */
  readonly failed: (failure: EngineFailure) => void;
  /** Text that was put into the video has come to its place. */
  readonly cue: (text: string) => void;
}

/** `refused`: this viewer may not watch. `unsupported`: this browser cannot. `broken`: worth another try. */
export type EngineFailure = "refused" | "unsupported" | "broken";

/** A player at work on one video element. */
export interface Engine {
  /** From the encoder's picture to this one, in seconds; undefined where the player does not know. */
  secondsBehind(): number | undefined;
  /**
   * Goes to the newest picture.
   *
   * @param address asked by players that load the stream anew for it
   * @throws what the address throws
   */
  toLive(address: () => Promise<string>): Promise<void>;
  /** Leaves the video element as it was found. */
  destroy(): void;
}

/** Loads a player, and plays an address with it, muted or not as the video element is. */
export type StartEngine = (video: HTMLVideoElement, url: string, events: EngineEvents) => Promise<Engine>;
