import { CopyObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAccount } from "#__tests__/aws/table/fixture/accounts.ts";
import { jpeg, jpegSegment, png, pngChunk, webp } from "#__tests__/domain/pictures/files.ts";
import { createObjects } from "#aws/accounts/objects.ts";
import { type RoutesWorld, routesWorld } from "./fixture/routes-world.ts";

let world: RoutesWorld;
beforeAll(async () => {
  world = await routesWorld();
});
afterAll(() => world.own[Symbol.asyncDispose]());

const request = (sub: string, contentType: string, bytes: number) =>
  world.call({ method: "POST", path: "/stream/me/avatar", body: { contentType, bytes }, sub });
const show = (sub: string, id: string) => world.call({ method: "PUT", path: "/stream/me/avatar", body: { id }, sub });
const avatarOf = async (sub: string) => (await world.deps.profiles.bySub(sub))?.avatar;
const read = (id = "") => world.call({ method: "GET", path: `/public/avatars/${id}` });

const keys = async () => {
  const { Contents = [] } = await world.s3.send(new ListObjectsV2Command({ Bucket: world.bucket }));
  return Contents.map(({ Key }) => Key);
};

/** Posts a form as a page does. */
const post = (form: { url: string; fields: Record<string, string> }, file: Uint8Array) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
  data.append("file", new Blob([Uint8Array.from(file)]));
  return fetch(form.url, { method: "POST", body: data });
};

/** All that a page does to show a picture. */
const upload = async (sub: string, contentType: string, file: Uint8Array) => {
  const { body } = await request(sub, contentType, file.length);
  expect((await post(body, file)).status).toBe(204);
  return { id: body.id as string, answer: await show(sub, body.id) };
};

describe("a picture that is uploaded", () => {
  it("is shown as what it was found to be, whatever it was uploaded as, without what its file says beside", async () => {
    await addAccount(world.table, "sub-ana");
    const place = Buffer.from("48.8583N 2.2944E");
    const files = {
      png: [png(), png(64, 64, [pngChunk("tEXt", place)])],
      jpeg: [jpeg(), jpeg(64, 64, [jpegSegment(0xe1, place), jpegSegment(0xfe, place)])],
      webp: [webp(), Buffer.concat([webp(), place])],
    } as const;
    for (const [type, [file, withPlace]] of Object.entries(files)) {
      const { answer } = await upload("sub-ana", "image/png", withPlace);
      expect(answer.status).toBe(204);
      const shown = await read(await avatarOf("sub-ana"));
      expect(shown.bytes.equals(file)).toBe(true);
      expect(shown).toMatchObject({
        status: 200,
        headers: {
          "content-type": `image/${type}`,
          "cache-control": "public, max-age=31536000, immutable",
          "content-security-policy": "default-src 'none'; sandbox",
          "x-content-type-options": "nosniff",
        },
      });
    }
    expect(await keys(), "the upload and the pictures before are gone").toHaveLength(1);
    expect(await avatarOf("sub-ana"), "an id says nothing of its owner").not.toContain("ana");
  });

  it("stays what it is when its form is posted once more", async () => {
    await addAccount(world.table, "sub-ben");
    const { body: form } = await request("sub-ben", "image/png", png().length);
    await post(form, png());
    expect((await show("sub-ben", form.id)).status).toBe(204);
    expect((await show("sub-ben", form.id)).status, "a repeated request").toBe(204);
    const shown = (await read(await avatarOf("sub-ben"))).bytes;
    const other = Buffer.from(png());
    other[other.length - 20] = (other[other.length - 20] ?? 0) ^ 1;
    await post(form, other);
    expect((await show("sub-ben", form.id)).status).toBe(204);
    expect((await read(await avatarOf("sub-ben"))).bytes.equals(shown)).toBe(true);
  });

  it("is not taken when it is larger, smaller or of another type than was said, or not signed", async () => {
    await addAccount(world.table, "sub-cem");
    const file = png();
    const { body: form } = await request("sub-cem", "image/png", file.length);
    const { id, url, fields }: { id: string; url: string; fields: Record<string, string> } = form;
    expect((await post(form, Buffer.concat([file, Buffer.from("x")]))).status).toBe(400);
    expect((await post(form, file.subarray(1))).status).toBe(400);
    expect((await post({ url, fields: { ...fields, "Content-Type": "text/html" } }, file)).status).toBe(403);
    expect((await post({ url, fields: { ...fields, key: "avatars/x/y" } }, file)).status).toBe(403);
    expect((await post({ url, fields: { ...fields, "X-Amz-Signature": "0".repeat(64) } }, file)).status).toBe(403);
    expect((await post({ url, fields: { key: fields.key ?? "" } }, file)).status, "nothing signed").toBe(403);
    expect(await show("sub-cem", id)).toMatchObject({ status: 404, body: { code: "UPLOAD_UNKNOWN" } });
  });

  it("is refused when it is no picture, and removed", async () => {
    await addAccount(world.table, "sub-dia");
    const moving = png(64, 64, [pngChunk("acTL", Buffer.alloc(8))]);
    const { answer, id } = await upload("sub-dia", "image/png", moving);
    expect(answer).toMatchObject({
      status: 422,
      body: { code: "PICTURE_ANIMATED", detail: "The picture must be a single picture, not a moving one." },
    });
    expect(await avatarOf("sub-dia")).toBeUndefined();
    expect(await show("sub-dia", id)).toMatchObject({ status: 404 });
  });

  it("is nobody else's to show", async () => {
    await Promise.all([addAccount(world.table, "sub-eva"), addAccount(world.table, "sub-fay")]);
    const { body: form } = await request("sub-eva", "image/png", png().length);
    await post(form, png());
    expect(await show("sub-fay", form.id)).toMatchObject({ status: 404, body: { code: "UPLOAD_UNKNOWN" } });
    expect((await show("sub-eva", form.id)).status).toBe(204);
  });

  it("goes when its owner removes it, and with the account", async () => {
    await addAccount(world.table, "sub-gil");
    await upload("sub-gil", "image/png", png());
    const first = await avatarOf("sub-gil");
    expect((await world.call({ method: "DELETE", path: "/stream/me/avatar", sub: "sub-gil" })).status).toBe(204);
    expect(await avatarOf("sub-gil")).toBeUndefined();
    expect(await read(first)).toMatchObject({ status: 404, body: { code: "AVATAR_UNKNOWN" } });

    await upload("sub-gil", "image/png", png());
    const second = await avatarOf("sub-gil");
    expect(await createObjects(world.s3, world.bucket).removeSome("sub-gil")).toBe("all");
    expect((await read(second)).status).toBe(404);
  });
});

it("no address shows what was not checked", async () => {
  await addAccount(world.table, "sub-han");
  const { body: form } = await request("sub-han", "image/png", png().length);
  await post(form, png());
  const hidden = { Bucket: world.bucket, Key: "avatars/elsewhere" };
  await world.s3.send(new CopyObjectCommand({ ...hidden, CopySource: `${world.bucket}/uploads/sub-han/${form.id}` }));
  for (const id of [form.id, "elsewhere", `uploads-${form.id}`, `${"0".repeat(32)}-${form.id}`]) {
    expect((await read(id)).status).toBe(404);
  }
});

it("a form is given for a picture of at most 256 KiB, of three types", async () => {
  await addAccount(world.table, "sub-ida");
  expect((await request("sub-ida", "image/webp", 262_144)).status).toBe(200);
  expect(await request("sub-ida", "image/webp", 262_145)).toMatchObject({
    status: 400,
    body: { errors: [{ field: "body.bytes", rule: "must be 1 to 262144", got: "262145" }] },
  });
  expect(await request("sub-ida", "image/svg+xml", 1000)).toMatchObject({
    status: 400,
    body: { errors: [{ field: "body.contentType", rule: "must be one of image/png, image/jpeg, image/webp" }] },
  });
});
