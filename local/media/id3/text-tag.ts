import { readSyncsafe, syncsafe } from "./syncsafe.ts";

/** A user text: what timed metadata is carried in. */
export interface UserText {
  readonly description: string;
  readonly text: string;
}

/**
 * The description that goes with the text of PutMetadata. Which one the service writes is unverified; its player hands
 * on any.
 */
export const METADATA_DESCRIPTION = "";

const HEADER_BYTES = 10;
const FRAME = Buffer.from("TXXX");
const UTF8 = 3;

/** An ID3v2.4 tag of one TXXX frame in UTF-8. Neither part may hold a zero character: it ends the description. */
export const textTag = ({ description, text }: UserText): Buffer => {
  const content = Buffer.concat([
    Buffer.of(UTF8),
    Buffer.from(description),
    Buffer.of(0),
    Buffer.from(text),
    Buffer.of(0),
  ]);
  return Buffer.concat([
    Buffer.from("ID3"),
    Buffer.of(4, 0, 0, ...syncsafe(HEADER_BYTES + content.length)),
    FRAME,
    Buffer.of(...syncsafe(content.length), 0, 0),
    content,
  ]);
};

const readUserText = (content: Buffer): UserText | undefined => {
  const end = content.indexOf(0, 1);
  if (content[0] !== UTF8 || end === -1) return undefined;
  const text = content.toString("utf8", end + 1);
  return { description: content.toString("utf8", 1, end), text: text.endsWith("\0") ? text.slice(0, -1) : text };
};

/** The user texts of an ID3v2.4 tag; other frames, and what is no tag, are passed over. */
export const readTextTag = (tag: Uint8Array): readonly UserText[] => {
  const bytes = Buffer.from(tag.buffer, tag.byteOffset, tag.byteLength);
  if (bytes.toString("latin1", 0, 3) !== "ID3" || bytes[3] !== 4) return [];
  const end = Math.min(bytes.length, HEADER_BYTES + readSyncsafe(bytes, 6));
  const texts: UserText[] = [];
  for (let offset = HEADER_BYTES; offset + HEADER_BYTES <= end; ) {
    const next = offset + HEADER_BYTES + readSyncsafe(bytes, offset + 4);
    if (next > end) break;
    const isText = bytes.subarray(offset, offset + 4).equals(FRAME);
    const text = isText ? readUserText(bytes.subarray(offset + HEADER_BYTES, next)) : undefined;
    if (text) texts.push(text);
    offset = next;
  }
  return texts;
};
