import type { PictureType } from "./reading.ts";

/** A form that a page fills with a file and posts to where pictures are kept. */
export interface UploadForm {
  readonly url: string;
  /** To be sent before the file, which is the last field, named `file`. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Where pictures are kept: uploads, which nobody is shown, and the pictures that were checked. */
export interface Pictures {
  /** Lets a user upload so many bytes of that type, for a short time, as the upload of that id. */
  formFor(
    sub: string,
    upload: string,
    file: { readonly contentType: string; readonly bytes: number },
  ): Promise<UploadForm>;
  /** An upload's bytes, of a longer one only the first `mostBytes`; undefined when there is none. */
  readUpload(sub: string, upload: string, mostBytes: number): Promise<Uint8Array | undefined>;
  removeUpload(sub: string, upload: string): Promise<void>;
  /** Keeps a checked picture. One that is there already stays as it is. */
  keep(id: string, bytes: Uint8Array, type: PictureType): Promise<void>;
  /** Undefined when there is none. */
  read(id: string): Promise<StoredPicture | undefined>;
  remove(id: string): Promise<void>;
  /** The public id of a user's picture. It tells nobody who the user is. */
  idOf(sub: string, upload: string): string;
}
