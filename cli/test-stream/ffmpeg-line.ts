import type { EncoderOrder } from "./encoder.ts";

/** A stream key as it may be shown: what tells it from others, and nothing to send with. */
export function maskStreamKey(key: string): string {
  return key.length >= 16 ? `sk_…${key.slice(-4).replace(/[^\w-]/g, "?")}` : "sk_…";
}

/** A word as a shell takes it. */
function quote(word: string): string {
  return /^[\w@%+=:,./…-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * What would send the same by ffmpeg alone, with the stream key masked.
 *
 * @param source all of ffmpeg's arguments but the destination
 * @param shorten how the user would type a path
 */
export function ffmpegLine(source: readonly string[], order: EncoderOrder, shorten: (path: string) => string): string {
  const { url, streamKey, certificate } = order;
  const isSecure = url.startsWith("rtmps:");
  const trust = isSecure && certificate !== undefined ? ["-tls_verify", "1", "-ca_file", shorten(certificate)] : [];
  const address = `${url.replace(/\/+$/, "")}/${maskStreamKey(streamKey)}`;
  const words = source.map((word) => (word.startsWith("/") ? shorten(word) : word));
  return ["ffmpeg", ...words, ...trust, address].map(quote).join(" ");
}
