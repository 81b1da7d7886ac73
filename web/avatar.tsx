import { hueOf } from "./chat/hue.ts";

export interface AvatarProps {
  /** Left out where there is no picture: then it is the name's first letter. */
  readonly url: string | undefined;
  readonly name: string;
}

/** Somebody's picture. It says nothing that the name beside it does not. */
export function Avatar({ url, name }: AvatarProps) {
  if (url !== undefined) return <img class="avatar" src={pictureAddress(url)} alt="" width={36} height={36} />;
  return (
    <span
      class="avatar"
      style={{ "--hue": hueOf(name) }}
      aria-hidden="true"
      data-letter={[...name][0]?.toUpperCase()}
    />
  );
}

/** The API names pictures by their path below its own address. */
const pictureAddress = (url: string): string => (url.startsWith("/public/") ? `/api${url}` : url);
