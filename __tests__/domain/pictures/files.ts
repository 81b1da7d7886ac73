import { crc32, deflateSync } from "node:zlib";

/** Small pictures, written byte for byte as their formats say. */
const bigEndian32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const littleEndian32 = (value: number) => Buffer.from(bigEndian32(value)).reverse();

export const pngChunk = (name: string, content: Uint8Array = new Uint8Array()): Buffer => {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  return Buffer.concat([bigEndian32(content.length), named, bigEndian32(crc32(named))]);
};

/** A grey picture. `extra` chunks stand before the pixels. */
export const png = (width = 64, height = 64, extra: readonly Buffer[] = []): Buffer =>
  Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    pngChunk("IHDR", Buffer.concat([bigEndian32(width), bigEndian32(height), Buffer.from([8, 0, 0, 0, 0])])),
    ...extra,
    pngChunk("IDAT", deflateSync(Buffer.alloc((width + 1) * height))),
    pngChunk("IEND"),
  ]);

export const jpegSegment = (marker: number, content: Uint8Array): Buffer => {
  const length = content.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 0xff]), content]);
};

export const jpegFrame = (width: number, height: number, marker = 0xc0): Buffer =>
  jpegSegment(
    marker,
    Buffer.from([8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
  );

const jpegScan = Buffer.concat([
  jpegSegment(0xda, Buffer.from([3, 1, 0, 2, 0x11, 3, 0x11, 0, 0x3f, 0])),
  Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
]);

/** The segments of a photograph; its pixels are not those of one. `extra` segments stand before the frame. */
export const jpeg = (width = 64, height = 64, extra: readonly Buffer[] = [], marker = 0xc0): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xe0, Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1")),
    ...extra,
    jpegSegment(0xdb, Buffer.alloc(65, 1)),
    jpegFrame(width, height, marker),
    jpegScan,
    jpegSegment(0xc4, Buffer.alloc(20)),
    jpegScan,
    Buffer.from([0xff, 0xd9]),
  ]);

export const webpChunk = (name: string, content: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(name, "latin1"),
    littleEndian32(content.length),
    content,
    Buffer.alloc(content.length % 2),
  ]);

export const webpOf = (...chunks: readonly Buffer[]): Buffer => {
  const held = Buffer.concat([Buffer.from("WEBP"), ...chunks]);
  return Buffer.concat([Buffer.from("RIFF"), littleEndian32(held.length), held]);
};

export const lossy = (width: number, height: number): Buffer =>
  webpChunk(
    "VP8 ",
    Buffer.from([0x10, 0, 0, 0x9d, 1, 0x2a, width & 0xff, width >> 8, height & 0xff, height >> 8, 1, 2, 3]),
  );

export const lossless = (width: number, height: number): Buffer =>
  webpChunk("VP8L", Buffer.concat([Buffer.from([0x2f]), littleEndian32((width - 1) | ((height - 1) << 14))]));

export const canvas = (width: number, height: number, flags = 0x10): Buffer =>
  webpChunk(
    "VP8X",
    Buffer.concat([
      Buffer.from([flags, 0, 0, 0]),
      littleEndian32(width - 1).subarray(0, 3),
      littleEndian32(height - 1).subarray(0, 3),
    ]),
  );

export const webp = (width = 64, height = 64): Buffer => webpOf(lossy(width, height));
