import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { routes } from "#domain/api/routes.ts";
import { publicRoutes } from "#handlers/api-public/routes.ts";
import { streamRoutes } from "#handlers/api-stream/routes.ts";
import { createPlaybackToken } from "#handlers/playback-token/route.ts";
import { channelName, moment, pageQuery, plainText } from "#handlers/shared/api/fields.ts";
import { openApiDocument } from "#handlers/shared/api/openapi/document.ts";
import { toJsonSchema } from "#handlers/shared/api/openapi/json-schema.ts";
import { apiPage } from "#handlers/shared/api/openapi/page.ts";
import { problems } from "#handlers/shared/api/openapi/problems.ts";
import type { Route } from "#handlers/shared/api/route.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const coded: readonly Route<never>[] = [...publicRoutes, ...streamRoutes, createPlaybackToken];
const document = openApiDocument(coded);

describe("the document that the API serves", () => {
  it("is the one that its routes make (vitest -u writes it anew)", async () => {
    const text = `${JSON.stringify(document, null, 1)}\n`;
    await expect(text).toMatchFileSnapshot(join(ROOT, "handlers/api-public/generated/openapi.json"));
  });

  it("has every route of the table", () => {
    const paths = document.paths as Record<string, Record<string, { readonly operationId: string }>>;
    for (const [id, { method, path }] of Object.entries(routes)) {
      expect(paths[path]?.[method.toLowerCase()]?.operationId).toBe(id);
    }
  });

  it("wants a token for each route of signed-in users, and for no other", () => {
    const paths = document.paths as Record<string, Record<string, { readonly operationId: string }>>;
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    const closed = operations.filter((operation) => "security" in operation);
    const signedIn = Object.entries(routes).filter(([, { access }]) => access === "signed-in");
    expect(closed.map(({ operationId }) => operationId).sort()).toEqual(signedIn.map(([id]) => id).sort());
  });

  it("leads every reference to a part of itself", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to = ""]) => to);
    for (const to of references) {
      const part = to.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
      expect(part).toBeDefined();
    }
    expect(references.length).toBeGreaterThan(0);
  });
});

describe("docs/reference/api.md", () => {
  it("is the page that the routes make (vitest -u writes it anew)", async () => {
    await expect(apiPage(coded)).toMatchFileSnapshot(join(ROOT, "docs/reference/api.md"));
  });

  it("explains every problem that the code has, and no other", () => {
    const sources = ["handlers", "domain/pictures"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile() && file.name.endsWith(".ts") && file.name !== "problems.ts")
        .map((file) => readFileSync(join(file.parentPath, file.name), "utf8")),
    );
    const thrown = sources.flatMap((source) => [
      ...[...source.matchAll(/Problem\(\s*(\d{3}),\s*"([A-Z_]+)"/g)].map(([, status, code]) => `${status} ${code}`),
      ...[...source.matchAll(/\b(PICTURE_[A-Z]+)\b/g)].map(([, code]) => `422 ${code}`),
    ]);
    const explained = Object.entries(problems).map(([code, { status }]) => `${status} ${code}`);
    expect([...new Set(thrown)].sort()).toEqual(explained.sort());
  });
});

describe("a schema as JSON Schema", () => {
  it.each([
    ["a text", v.string(), { type: "string" }],
    ["a length", v.pipe(v.string(), v.minLength(1), v.maxLength(5)), { type: "string", minLength: 1, maxLength: 5 }],
    ["a pattern", v.pipe(v.string(), v.regex(/^\d+$/)), { type: "string", pattern: "^\\d+$" }],
    [
      "a whole number",
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)),
      { type: "integer", minimum: 1, maximum: 9 },
    ],
    ["a choice", v.picklist(["a", "b"]), { enum: ["a", "b"] }],
    ["one value", v.literal("ready"), { const: "ready" }],
    ["a list", v.array(v.boolean()), { type: "array", items: { type: "boolean" } }],
    [
      "a pair",
      v.tuple([v.string(), v.number()]),
      { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], minItems: 2, maxItems: 2 },
    ],
    ["texts by name", v.record(v.string(), v.string()), { type: "object", additionalProperties: { type: "string" } }],
    ["one of two kinds", v.union([v.string(), v.number()]), { anyOf: [{ type: "string" }, { type: "number" }] }],
    [
      "an object, and whether more may stand in it",
      v.strictObject({ a: v.string(), b: v.optional(v.number(), 3) }),
      {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "number", default: 3 } },
        required: ["a"],
        additionalProperties: false,
      },
    ],
    [
      "a channel's name",
      channelName,
      { type: "string", minLength: 3, maxLength: 30, pattern: "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$" },
    ],
    ["a shown text", plainText({ minimum: 0, maximum: 9 }), { type: "string", minLength: 0, maxLength: 9 }],
  ])("says %s", (_, schema, expected) => {
    expect(toJsonSchema(schema)).toEqual(expected);
  });

  it("says what comes in, not what becomes of it", () => {
    expect(toJsonSchema(moment)).toMatchObject({ type: "string", format: "date-time" });
    expect(toJsonSchema(pageQuery).properties).toMatchObject({ limit: { type: "integer", minimum: 1, maximum: 100 } });
  });

  it("refuses a kind that it does not know", () => {
    expect(() => toJsonSchema(v.date())).toThrow("No JSON Schema is known for valibot's date.");
  });
});
