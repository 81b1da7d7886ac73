/** Told what the service measures of its rooms. */
export interface Meter {
  connected(roomArn: string): void;
  disconnected(roomArn: string): void;
  /** A client's request, of whatever kind and however it ends. */
  requested(roomArn: string): void;
  /** One message or event, which went to so many connections. */
  delivered(roomArn: string, connections: number): void;
}

/** Measures nothing. */
export const noMeter: Meter = {
  connected: () => {},
  disconnected: () => {},
  requested: () => {},
  delivered: () => {},
};
