import * as v from "valibot";
import type { Pictures } from "#domain/pictures/ports.ts";
import { matching } from "../../shared/api/fields.ts";
import { Problem } from "../../shared/api/problem.ts";
import { answer, openRoute } from "../../shared/api/route.ts";

interface AvatarDeps {
  readonly pictures: Pick<Pictures, "read">;
}

export const readAvatar = openRoute({
  id: "readAvatar",
  summary: "Shows a picture.",
  params: v.strictObject({ id: matching(/^[\w-]{1,100}$/, "must be the id of a picture") }),
  answers: { 200: { contentType: "image/*" } },
  async handle({ params }, { pictures }: AvatarDeps) {
    const picture = await pictures.read(params.id);
    if (!picture) throw new Problem(404, "AVATAR_UNKNOWN", "There is no such picture.", `No picture is ${params.id}.`);
    return answer(200, picture.bytes, {
      "content-type": picture.contentType,
      "cache-control": "public, max-age=31536000, immutable",
      // Even if a browser took it for a page, that page could do nothing.
      "content-security-policy": "default-src 'none'; sandbox",
    });
  },
});
