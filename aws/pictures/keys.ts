import { createHash } from "node:crypto";

/**
 * Where pictures are kept in their bucket:
 *
 * | key | holds |
 * |---|---|
 * | `uploads/<sub>/<upload>` | what a user sent; nobody is shown it, and the bucket removes it after a day |
 * | `avatars/<owner>/<upload>` | a checked picture; its id is `<owner>-<upload>` |
 *
 * `<owner>` is a hash of the sub: ids stand in public addresses, and who a user is to Cognito need not stand there too.
 */
const ownerHash = (sub: string): string => createHash("sha256").update(sub).digest("hex").slice(0, 32);

export const uploadsOf = (sub: string): string => `uploads/${sub}/`;
export const picturesOf = (sub: string): string => `avatars/${ownerHash(sub)}/`;

export const uploadKey = (sub: string, upload: string): string => `${uploadsOf(sub)}${upload}`;

export const pictureId = (sub: string, upload: string): string => `${ownerHash(sub)}-${upload}`;

/** Undefined for what cannot be the id of a picture. */
export function pictureKey(id: string): string | undefined {
  const [, owner, upload] = /^([0-9a-f]{32})-([0-9a-f]{32})$/.exec(id) ?? [];
  return owner === undefined ? undefined : `avatars/${owner}/${upload}`;
}
