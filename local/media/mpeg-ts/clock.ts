/** Ticks of the 90 kHz clock in a millisecond. */
const TICKS = 90;
/** Time stamps have 33 bits: they begin anew after 26.5 hours. */
const WRAP = 2 ** 33;

/** Milliseconds by which a picture is decoded after its clock reference: time for a decoder's buffer to fill. */
const DECODE_DELAY = 1_400;

/** A decoding or presentation time stamp in 90 kHz ticks, of 33 bits. */
export const timestamp = (milliseconds: number): number => Math.round((milliseconds + DECODE_DELAY) * TICKS) % WRAP;

/** The clock reference that goes with a decoding time, in 90 kHz ticks, of 33 bits. */
export const clockReference = (milliseconds: number): number => Math.round(milliseconds * TICKS) % WRAP;
