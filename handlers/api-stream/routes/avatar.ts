import * as v from "valibot";
import { contentTypes, pictureLimits } from "#domain/pictures/picture.ts";
import { type PictureDeps, removePicture, showPicture } from "#domain/pictures/show-picture.ts";
import { accountDeleted, type ReadyDeps, readyRoute } from "../../shared/accounts/ready-route.ts";
import { matching, oneOf } from "../../shared/api/fields.ts";
import { Problem } from "../../shared/api/problem.ts";
import { answer } from "../../shared/api/route.ts";

interface AvatarDeps extends ReadyDeps, PictureDeps {
  /** 32 hexadecimal digits that nobody can guess. */
  readonly newUpload: () => string;
}

const bytesRule = `must be 1 to ${pictureLimits.bytes}`;

const upload = matching(/^[0-9a-f]{32}$/, "must be the id of an upload");

/** Where and how the page sends the file: as a form's last field, named `file`. */
const uploadForm = v.object({ id: upload, url: v.string(), fields: v.record(v.string(), v.string()) });

export const requestAvatarUpload = readyRoute({
  id: "requestAvatarUpload",
  summary: "Lets the caller upload one picture, of that type and size, for five minutes.",
  body: v.strictObject({
    contentType: oneOf([contentTypes.png, contentTypes.jpeg, contentTypes.webp]),
    bytes: v.pipe(
      v.number("must be a number"),
      v.integer(bytesRule),
      v.minValue(1, bytesRule),
      v.maxValue(pictureLimits.bytes, bytesRule),
    ),
  }),
  answers: { 200: uploadForm },
  async handle({ caller, body }, { pictures, newUpload }: AvatarDeps) {
    const id = newUpload();
    return answer(200, { id, ...(await pictures.formFor(caller.sub, id, body)) });
  },
});

const noUpload = (id: string) => {
  const detail = `Nothing was uploaded as ${id}, or it is gone already.`;
  return new Problem(404, "UPLOAD_UNKNOWN", "There is no such upload.", detail);
};

export const showAvatar = readyRoute({
  id: "showAvatar",
  summary: "Checks an uploaded picture and shows it as the caller's, without what its file says beside.",
  body: v.strictObject({ id: upload }),
  answers: { 204: null },
  async handle({ caller, body }, deps: AvatarDeps) {
    const outcome = await showPicture(caller.sub, body.id, deps);
    switch (outcome.kind) {
      case "shown":
        return answer(204);
      case "no-upload":
        throw noUpload(body.id);
      case "no-account":
        throw accountDeleted();
      case "refused": {
        const { code, rule } = outcome;
        throw new Problem(422, code, "This picture cannot be shown.", `The picture ${rule}.`);
      }
    }
  },
});

export const removeAvatar = readyRoute({
  id: "removeAvatar",
  summary: "Removes the caller's picture.",
  answers: { 204: null },
  async handle({ caller }, deps: AvatarDeps) {
    await removePicture(caller.sub, deps);
    return answer(204);
  },
});
