import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cliConfigurationText, mirrorsNamedIn } from "#local/terraform/cli-configuration-text.ts";

describe("the mirrors that a CLI configuration names", () => {
  test("are read from HCL", () => {
    const text = `
      plugin_cache_dir = "/cache"
      provider_installation {
        # filesystem_mirror { path = "/commented" }
        filesystem_mirror {
          path    = "/first" // the first
          include = ["example.com/*/*"]
        }
        filesystem_mirror { path = "/with \\"quotes\\" # and signs" }
        network_mirror { url = "https://example.com/" }
        /* filesystem_mirror { path = "/also commented" } */
        direct {}
      }`;
    expect(mirrorsNamedIn(text)).toEqual(["/first", '/with "quotes" # and signs']);
  });

  test("are read from JSON", () => {
    const text = JSON.stringify({ provider_installation: [{ filesystem_mirror: [{ path: "/json" }] }] }, null, 2);
    expect(mirrorsNamedIn(text)).toEqual(["/json"]);
  });

  test("are none in any other text, however broken", () => {
    expect(mirrorsNamedIn('filesystem_mirror { path = "/unclosed')).toEqual([]);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(Array.isArray(mirrorsNamedIn(text))).toBe(true);
      }),
    );
  });

  test("are those that were written, whatever the folder is called", () => {
    fc.assert(
      fc.property(
        fc.string().filter((name) => !name.includes("}")),
        (name) => {
          const text = cliConfigurationText([{ address: "example.com/a/b", mirror: name }]);
          expect(mirrorsNamedIn(text)).toEqual([name]);
        },
      ),
    );
  });
});

test("a CLI configuration gives each provider its one source", () => {
  const text = cliConfigurationText([
    { address: "example.com/a/one", mirror: "/mirror" },
    { address: "example.com/a/two" },
  ]);
  expect(text).toBe(`# Written by the local cloud for itself; it never applies to a deployment to AWS.

disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = "/mirror"
    include = ["example.com/a/one"]
  }
  direct {
    include = ["example.com/a/two"]
  }
}
`);
});
