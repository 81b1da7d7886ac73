/** One tag of an FLV file as it stands there. */
export interface FlvTag {
  /** 8 sound, 9 picture, 18 data. */
  readonly type: number;
  /** Milliseconds. */
  readonly timestamp: number;
  readonly body: Buffer;
}

const FILE_HEADER = 9 + 4;
const TAG_HEADER = 11;
const PREVIOUS_SIZE = 4;

/** The tags of an FLV file, in order; one that is cut off at the end is left out. */
export function readFlvTags(file: Buffer): FlvTag[] {
  const tags: FlvTag[] = [];
  for (let offset = FILE_HEADER; offset + TAG_HEADER <= file.length; ) {
    const end = offset + TAG_HEADER + file.readUIntBE(offset + 1, 3);
    if (end > file.length) break;
    tags.push({
      type: file.readUInt8(offset),
      // The upper eight bits come last (E.4.1 of the FLV specification, version 10.1).
      timestamp: file.readUIntBE(offset + 4, 3) + file.readUInt8(offset + 7) * 2 ** 24,
      body: file.subarray(offset + TAG_HEADER, end),
    });
    offset = end + PREVIOUS_SIZE;
  }
  return tags;
}
