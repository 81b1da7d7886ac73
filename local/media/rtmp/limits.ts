/** How much of a stranger's bytes one connection may make us hold or wait for. */
export interface Limits {
  /** Connections at a time, on each of the two ports; more are closed at once. @default 64 */
  readonly connections: number;
  /** Bytes of one message once the encoder was accepted; a keyframe of 8.5 Mbit/s video is a few hundred kilobytes. @default 4 MiB */
  readonly messageBytes: number;
  /** Bytes of one message before that, and of commands and metadata at any time. @default 64 KiB */
  readonly commandBytes: number;
  /** Bytes of all the messages of one connection that are being received. @default 8 MiB */
  readonly incompleteBytes: number;
  /** Chunk streams of one connection; encoders use about five. @default 32 */
  readonly chunkStreams: number;
  /** Bytes of answers that an encoder may leave unread. @default 64 KiB */
  readonly unreadBytes: number;
  /** Time from the connection, TLS included, to the accepted stream key. @default 15 s */
  readonly publishMilliseconds: number;
  /** Time without a byte after which an encoder counts as gone. @default 30 s, as Amazon IVS waits (its guide to streaming software) */
  readonly idleMilliseconds: number;
  /** Time that an encoder has to read why it was disconnected. @default 2 s */
  readonly lingerMilliseconds: number;
}

export const DEFAULT_LIMITS: Limits = {
  connections: 64,
  messageBytes: 4 * 1024 * 1024,
  commandBytes: 64 * 1024,
  incompleteBytes: 8 * 1024 * 1024,
  chunkStreams: 32,
  unreadBytes: 64 * 1024,
  publishMilliseconds: 15_000,
  idleMilliseconds: 30_000,
  lingerMilliseconds: 2_000,
};
