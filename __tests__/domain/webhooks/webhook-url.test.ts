import fc from "fast-check";
import { expect, test } from "vitest";
import { readWebhookUrl } from "#domain/webhooks/webhook-url.ts";

const read = (text: string) => readWebhookUrl(text, { allowPrivate: false });
const readOnLaptop = (text: string) => readWebhookUrl(text, { allowPrivate: true });
const refused = (rule: string) => ({ kind: "refused", rule });
const notPublic = refused("must lead to a public host");

test.each([
  ["https://example.com/onair", "https://example.com/onair"],
  ["https://example.com", "https://example.com/"],
  ["HTTPS://Example.COM:443/a?b=c", "https://example.com/a?b=c"],
  ["https://example.com:8443/", "https://example.com:8443/"],
  ["https://1.1.1.1/", "https://1.1.1.1/"],
  ["https://[2606:4700::1111]/", "https://[2606:4700::1111]/"],
  ["https://bücher.example/", "https://xn--bcher-kva.example/"],
])("takes %s as %s", (text, url) => {
  expect(read(text)).toEqual({ kind: "url", url });
});

test.each([
  ["", "must be an address such as https://example.com/onair"],
  ["example.com", "must be an address such as https://example.com/onair"],
  ["https://", "must be an address such as https://example.com/onair"],
  ["https://example.com:99999/", "must be an address such as https://example.com/onair"],
  ["http://example.com/", "must begin with https://"],
  ["ftp://example.com/", "must begin with https://"],
  ["file:///etc/passwd", "must begin with https://"],
  ["javascript:alert(1)", "must begin with https://"],
  ["https://user@example.com/", "must be without a user name and a password"],
  ["https://:secret@example.com/", "must be without a user name and a password"],
  ["https://1.1.1.1%2f@127.0.0.1/", "must be without a user name and a password"],
  ["https://example.com/#", "must be without a #"],
  ["https://example.com/#part", "must be without a #"],
  [" https://example.com/", "must be without spaces and control characters"],
  ["https://exam\tple.com/", "must be without spaces and control characters"],
  ["https://example.com/\u0000", "must be without spaces and control characters"],
  ["https://example.com/\u2028", "must be without spaces and control characters"],
  [`https://example.com/${"a".repeat(481)}`, "must be at most 500 characters"],
  [`https://example.com/${"ü".repeat(100)}`, "must be at most 500 characters when encoded"],
])("refuses %j: it %s", (text, rule) => {
  expect(read(text)).toEqual(refused(rule));
});

test("takes 500 characters", () => {
  expect(read(`https://example.com/${"a".repeat(480)}`).kind).toBe("url");
});

test.each([
  "https://localhost/",
  "https://LOCALHOST./",
  "https://localhost../",
  "https://a.localhost/",
  "https://printer.local/",
  "https://metadata.google.internal/",
  "https://router.home.arpa/",
  "https://intranet/",
  "https://127.0.0.1/",
  "https://127.0.0.1./",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0x7f.1/",
  "https://0177.0.0.1/",
  "https://017700000001/",
  "https://0/",
  "https://①②⑦.0.0.1/",
  "https://127。0。0。1/",
  "https://127.0.0.1/",
  "https://169.254.169.254/latest/meta-data/",
  "https://[::1]/",
  "https://[0:0:0:0:0:0:0:1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:a9fe:a9fe]/",
  "https://[fe80::1]/",
  "https://[fd00::1]/",
  "https:/\\127.0.0.1/",
])("refuses %s, whose host is not public", (text) => {
  expect(read(text)).toEqual(notPublic);
});

const anyForm = fc.tuple(fc.nat(0xff_ffff), fc.constantFrom(10, 127)).chain(([low, high]) => {
  const value = high * 2 ** 24 + low;
  const bytes = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const inBase = (part: number, base: number) =>
    base === 8 ? `0${part.toString(8)}` : base === 16 ? `0x${part.toString(16)}` : String(part);
  const bases = fc.array(fc.constantFrom(8, 10, 16), { minLength: 4, maxLength: 4 });
  const dot = fc.constantFrom(".", "\u3002", "\uff0e", "\uff61");
  return fc.tuple(bases, dot, fc.constantFrom(1, 2, 3, 4)).map(([base, separator, count]) => {
    const parts = {
      1: [value],
      2: [a, (b << 16) | (c << 8) | d],
      3: [a, b, (c << 8) | d],
      4: [a, b, c, d],
    }[count];
    return (parts ?? []).map((part, place) => inBase(part >>> 0, base[place] ?? 10)).join(separator);
  });
});

test("refuses private IPv4 addresses in decimal, octal, hex, one to four parts and with dots of any script", () => {
  fc.assert(
    fc.property(anyForm, (host) => {
      expect(read(`https://${host}/`)).toEqual(notPublic);
      expect(read(`https://[::ffff:${new URL(`http://${host}`).hostname}]/`)).toEqual(notPublic);
    }),
    { numRuns: 500 },
  );
});

test("answers any text without throwing, and takes only what it would take again", () => {
  const start = fc.constantFrom("", "https://", "https://a.example/", "https://user@", "http://");
  fc.assert(
    fc.property(start, fc.string({ unit: "binary" }), fc.boolean(), (prefix, rest, allowPrivate) => {
      const reading = readWebhookUrl(prefix + rest, { allowPrivate });
      if (reading.kind === "url") expect(readWebhookUrl(reading.url, { allowPrivate })).toEqual(reading);
    }),
    { numRuns: 1000 },
  );
});

test("takes plain HTTP and private hosts where the setting allows them, and nothing else", () => {
  expect(readOnLaptop("http://127.0.0.1:8080/hook")).toEqual({ kind: "url", url: "http://127.0.0.1:8080/hook" });
  expect(readOnLaptop("https://localhost/")).toEqual({ kind: "url", url: "https://localhost/" });
  expect(readOnLaptop("ftp://localhost/")).toEqual(refused("must begin with https://"));
  expect(readOnLaptop("http://me@localhost/")).toEqual(refused("must be without a user name and a password"));
});
