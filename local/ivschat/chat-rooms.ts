/** An event on its way to everyone in a room. */
export interface ChatEvent {
  /** 12 letters and digits. */
  readonly id: string;
  /** Of the API request that caused it. */
  readonly requestId: string;
  /** The application's own, or `aws:DELETE_MESSAGE`. */
  readonly eventName: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * What the control plane needs from the engine that holds the WebSocket connections. It is asked only about rooms that
 * exist, save for close.
 */
export interface ChatRooms {
  /** Delivers to everyone who is connected to the room. */
  send(roomArn: string, event: ChatEvent): Promise<void>;
  /** Ends every connection of a user to the room. */
  disconnect(roomArn: string, userId: string, reason: string | undefined): Promise<void>;
  /** Ends every connection to a room that is gone. */
  close(roomArn: string): Promise<void>;
}

/** No engine: nobody is connected to any room. */
export const emptyRooms: ChatRooms = {
  send: async () => {},
  disconnect: async () => {},
  close: async () => {},
};
