import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pages } from "#docs/generator/pages.ts";

const written = (file: string) => readFileSync(join(import.meta.dirname, "../../docs/reference", file), "utf8");

it.each(Object.entries(pages))("docs/reference/%s says what the code says; if not: npm run reference", (file, page) => {
  expect(written(file)).toBe(page());
});

describe("the page of settings", () => {
  const page = written("settings.md");

  it("has each rule in the words of the error, each default and comment", () => {
    expect(page).toContain(
      "| `playback.tokenSeconds` | a whole number, 90 to 600 seconds | 300 | How long a playback token",
    );
    expect(page).toContain('| `channels[].audience.kind` | "signed-in" or "group" | required |  |');
    expect(page).toContain(
      "| `accounts.plans.<key>.requestsPerDay` | a whole number, 1 to 1000000 requests a day | required |",
    );
  });
});

describe("the page of constructs", () => {
  const page = written("constructs.md");

  it("has what each takes, with types and defaults, and what it has", () => {
    expect(page).toContain("### Channel\n\nAn IVS channel: where one encoder sends its stream");
    expect(page).toContain('| `latencyMode` | `LatencyMode` | "LOW" | LOW is a few seconds behind the encoder');
    expect(page).toContain(
      "| `grantPutMetadata()` | Lets a function send timed metadata into this channel's stream. |",
    );
  });
});
