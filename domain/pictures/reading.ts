export type PictureType = "png" | "jpeg" | "webp";

/** A picture as its bytes say it, whatever it was uploaded as. */
export interface Picture {
  readonly type: PictureType;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const rules = {
  PICTURE_LENGTH: "must be at most 256 KiB",
  PICTURE_TYPE: "must be a PNG, JPEG or WEBP",
  PICTURE_BROKEN: "must be whole, and of a kind that every browser shows",
  PICTURE_ANIMATED: "must be a single picture, not a moving one",
  PICTURE_DIMENSIONS: "must be 64 to 1024 pixels wide and high, and no more than twice as long one way as the other",
} as const;

export type PictureRefusal = keyof typeof rules;

/** A picture with the bytes of it that may be shown, or the rule that it breaks, in words that can follow "picture". */
export type PictureReading =
  | {
      readonly kind: "picture";
      readonly picture: Picture;
      /**
       * What shows the picture and nothing else of the file: no place and time where it was taken, no names, no
       * preview, nothing that follows the picture. Read again, they are the same.
       */
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "refused"; readonly code: PictureRefusal; readonly rule: string };

export const refused = (code: PictureRefusal): PictureReading => ({ kind: "refused", code, rule: rules[code] });

export const found = (type: PictureType, width: number, height: number, bytes: Uint8Array): PictureReading => ({
  kind: "picture",
  picture: { type, width, height },
  bytes,
});
