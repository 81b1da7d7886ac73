import { acknowledgement } from "./control-messages.ts";

/** Tells a client how much has come, as often as it asked for: some stop sending otherwise. */
export interface Acknowledgements {
  /** Sets the window that the client told, in bytes. */
  setWindow(bytes: number): void;
  /** The acknowledgement that is due after so many more bytes; mostly none. */
  count(bytes: number): Buffer | undefined;
}

/** What encoders commonly use, until one says otherwise. */
const COMMON_WINDOW = 2_500_000;
/** A smaller window would make an answer of each packet. */
const SMALLEST_WINDOW = 65_536;

export const createAcknowledgements = (): Acknowledgements => {
  let window = COMMON_WINDOW;
  let received = 0;
  let acknowledged = 0;
  return {
    setWindow: (bytes) => {
      window = Math.max(bytes, SMALLEST_WINDOW);
    },
    count: (bytes) => {
      received += bytes;
      if (received - acknowledged < window) return undefined;
      acknowledged = received;
      return acknowledgement(received);
    },
  };
};
