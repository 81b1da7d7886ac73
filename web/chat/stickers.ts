import type { stickers } from "#domain/moderation/stickers.ts";

export type Sticker = (typeof stickers)[number];

/** How a sticker looks. Also the text of its message, for whoever knows no stickers. */
export const pictures: Readonly<Record<Sticker, string>> = {
  wave: "👋",
  heart: "❤️",
  laugh: "😂",
  clap: "👏",
  fire: "🔥",
  party: "🎉",
  wow: "😮",
  sad: "😢",
  "thumbs-up": "👍",
  "thumbs-down": "👎",
};

export const raisedHand = "✋";

/** How the named sticker looks; undefined for a name that this page does not know. */
export const pictureOf = (name: string | undefined): string | undefined =>
  name !== undefined && Object.hasOwn(pictures, name) ? pictures[name as Sticker] : undefined;
