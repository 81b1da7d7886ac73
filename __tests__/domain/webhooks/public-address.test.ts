import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "#domain/webhooks/public-address.ts";

test.each([
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.1",
  "169.253.255.255",
  "172.15.255.255",
  "172.32.0.0",
  "192.167.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "2606:4700::1111",
  "2001:200::1",
  "2a00:1450:4001:80b::200e",
  "3fff:1000::1",
])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  "0.0.0.0",
  "10.0.0.1",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.255",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.8",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "0:0:0:0:0:0:0:1",
  "::ffff:1.1.1.1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::1",
  "100::1",
  "2001::1",
  "2001:10::1",
  "2001:db8::1",
  "2001:0db8:0:0:0:0:0:1",
  "2002:7f00:1::",
  "3fff::1",
  "fc00::1",
  "fd12:3456:789a::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "",
  "example.com",
  "1.1.1",
  "1.1.1.256",
  "2606:4700::1111]/path",
  "2606:4700::1111%25eth0",
])("%s is not public", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test("an IPv6 address that carries an IPv4 one is never public, however it is written", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.constantFrom("::ffff:", "::", "64:ff9b::", "::ffff:0:"), (inner, prefix) => {
      expect(isPublicAddress(`${prefix}${inner}`)).toBe(false);
    }),
  );
});

test("an IPv6 address is judged the same in all its spellings", () => {
  const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
    minLength: 8,
    maxLength: 8,
  });
  fc.assert(
    fc.property(groups, (parts) => {
      const full = parts.map((part) => part.toString(16).toUpperCase().padStart(4, "0")).join(":");
      const short = new URL(`http://[${full}]`).hostname.slice(1, -1);
      expect(isPublicAddress(full)).toBe(isPublicAddress(short));
    }),
  );
});

test("answers any text without throwing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(typeof isPublicAddress(text)).toBe("boolean");
    }),
  );
});
