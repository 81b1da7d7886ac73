import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive. */
export interface ZipEntry {
  /** The path inside the archive, with slashes. */
  readonly name: string;
  readonly content: Uint8Array;
  /** Unix type and permission bits. @default none: the entry says nothing about its mode */
  readonly mode?: number;
}

/** Thrown where a zip without its 64-bit extension cannot hold the files. */
class ZipLimitError extends Error {
  readonly code = "ERR_ZIP_LIMIT";
}

const ENTRY_LIMIT = 0xffff;
const SIZE_LIMIT = 0xffffffff;

const VERSION = 20;
const CREATED_ON_UNIX = 3 << 8;
const DEFLATE = 8;
const UTF8_NAME = 1 << 11;
const READ_ONLY_ATTRIBUTE = 1;
/** The date that the real provider writes for files: Go's zero time, wrapped into the 16 bits of a DOS date: 2049-01-01. */
const WRAPPED_ZERO_DATE = 0x8a21;

const bytes = (...numbers: readonly (readonly [size: 2 | 4, value: number])[]): Buffer => {
  const buffer = Buffer.alloc(numbers.reduce((sum, [size]) => sum + size, 0));
  let offset = 0;
  for (const [size, value] of numbers) offset = buffer.writeUIntLE(value, offset, size);
  return buffer;
};

const limit = (value: number, most: number, what: string): number => {
  if (value > most) throw new ZipLimitError(`${what} is limited to ${most} without zip64, got ${value}`);
  return value;
};

const isPlainAscii = (name: string): boolean => /^[\x20-\x5b\x5d-\x7d]*$/.test(name);

/** What the local and the central header of an entry share: from the version needed to the length of the extra field. */
const sharedHeader = ({ name, content, mode }: ZipEntry, packed: Uint8Array): Buffer =>
  bytes(
    [2, VERSION],
    [2, isPlainAscii(name) ? 0 : UTF8_NAME],
    [2, DEFLATE],
    [2, 0],
    [2, mode === undefined ? 0 : WRAPPED_ZERO_DATE],
    [4, crc32(content)],
    [4, limit(packed.length, SIZE_LIMIT, "a compressed file")],
    [4, limit(content.length, SIZE_LIMIT, "a file")],
    [2, limit(Buffer.byteLength(name), 0xffff, "a name in an archive")],
    [2, 0],
  );

const attributesOf = (mode: number | undefined): number =>
  mode === undefined ? 0 : mode * 0x10000 + (mode & 0o200 ? 0 : READ_ONLY_ATTRIBUTE);

/**
 * Writes a zip archive; the same entries give the same bytes on any machine with the same zlib. Entries with a mode carry the
 * date 2049-01-01, the others none, as in the real provider. There are no directory entries and no extra fields.
 * @throws {ZipLimitError} above 65,535 entries or 4 GiB.
 */
export const writeZip = (entries: readonly ZipEntry[]): Buffer => {
  limit(entries.length, ENTRY_LIMIT, "the number of files in an archive");
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = deflateRawSync(entry.content);
    const shared = sharedHeader(entry, packed);
    const name = Buffer.from(entry.name);
    const file = Buffer.concat([Buffer.from("PK\x03\x04"), shared, name, packed]);
    directory.push(
      Buffer.from("PK\x01\x02"),
      bytes([2, VERSION + (entry.mode === undefined ? 0 : CREATED_ON_UNIX)]),
      shared,
      bytes([2, 0], [2, 0], [2, 0], [4, attributesOf(entry.mode)], [4, limit(offset, SIZE_LIMIT, "an archive")]),
      name,
    );
    files.push(file);
    offset += file.length;
  }
  const index = Buffer.concat(directory);
  limit(offset + index.length, SIZE_LIMIT, "an archive");
  const end = bytes([2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, index.length], [4, offset], [2, 0]);
  return Buffer.concat([...files, index, Buffer.from("PK\x05\x06"), end]);
};
