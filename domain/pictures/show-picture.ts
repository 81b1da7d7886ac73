import type { Profiles } from "../profiles/profile.ts";
import { pictureLimits, readPicture } from "./picture.ts";
import type { Pictures } from "./ports.ts";
import type { PictureReading } from "./reading.ts";

export interface PictureDeps {
  readonly pictures: Pictures;
  readonly profiles: Pick<Profiles, "bySub" | "edit">;
}

export type ShowOutcome =
  | { readonly kind: "shown" }
  | { readonly kind: "no-upload" }
  | { readonly kind: "no-account" }
  | Extract<PictureReading, { kind: "refused" }>;

/**
 * Shows an upload as the user's picture once it is found to be one. What is kept is what was taken from the bytes that
 * were checked, not the upload, which its form can still overwrite. Every step can break off and be asked for again; a
 * picture that was kept and never shown goes with the account.
 */
export async function showPicture(sub: string, upload: string, deps: PictureDeps): Promise<ShowOutcome> {
  const { pictures, profiles } = deps;
  const id = pictures.idOf(sub, upload);
  const before = (await profiles.bySub(sub))?.avatar;
  const bytes = await pictures.readUpload(sub, upload, pictureLimits.bytes + 1);
  // The answer to an earlier request may have been lost.
  if (bytes === undefined) return { kind: before === id ? "shown" : "no-upload" };
  const reading = readPicture(bytes);
  if (reading.kind === "refused") {
    await pictures.removeUpload(sub, upload);
    return reading;
  }
  await pictures.keep(id, reading.bytes, reading.picture.type);
  if (!(await profiles.edit(sub, { avatar: id }))) {
    await pictures.remove(id);
    return { kind: "no-account" };
  }
  await pictures.removeUpload(sub, upload);
  if (before !== undefined && before !== id) await pictures.remove(before);
  return { kind: "shown" };
}

/** Shows the default picture again; without one of the user's own, nothing happens. */
export async function removePicture(sub: string, { pictures, profiles }: PictureDeps): Promise<void> {
  const before = (await profiles.bySub(sub))?.avatar;
  if (before === undefined) return;
  await profiles.edit(sub, { avatar: null });
  await pictures.remove(before);
}
