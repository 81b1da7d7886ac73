/** Kinds of picture that the API takes, and the most bytes of one. */
export const pictureTypes: readonly string[] = ["image/png", "image/jpeg", "image/webp"];
const mostBytes = 256 * 1024;

/** Why a file is no picture for the API, before it is sent; undefined where it may be one. */
export function pictureFault({ type, size }: Pick<File, "type" | "size">): string | undefined {
  if (!pictureTypes.includes(type)) return "Choose a PNG, JPEG or WebP picture.";
  if (size > mostBytes) return `It has ${Math.ceil(size / 1024)} KB; it may have ${mostBytes / 1024}.`;
  return undefined;
}
