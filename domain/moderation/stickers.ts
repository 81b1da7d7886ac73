/** Pictures that a message may show: attribute `sticker` names one of them. */
export const stickers = [
  "wave",
  "heart",
  "laugh",
  "clap",
  "fire",
  "party",
  "wow",
  "sad",
  "thumbs-up",
  "thumbs-down",
] as const;
