/** IPv4 blocks that are not addresses of the public internet (IANA special-purpose registry; RFC 6890), with multicast. */
const closedBlocks: readonly (readonly [address: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

const dotted = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * Whether an IP address, as text, is one of the public internet: not private, loopback, link-local (where clouds keep
 * their metadata), shared, multicast, or set apart for documents and tests. Of IPv6 only global unicast counts, without
 * what carries an IPv4 address inside. Anything that is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (dotted.test(address)) {
    const value = bitsOf(address);
    return !closedBlocks.some(([block, bits]) => value >>> (32 - bits) === bitsOf(block) >>> (32 - bits));
  }
  const [first = 0, second = 0] = groupsOf(address);
  if (first < 0x2000 || first > 0x3fff || first === 0x2002) return false;
  const isSetApart = first === 0x2001 && (second < 0x200 || second === 0xdb8);
  return !isSetApart && !(first === 0x3fff && second < 0x1000);
}

/** The 32 bits; everything above 255 counts as unspecified, which is not public. */
function bitsOf(address: string): number {
  const parts = address.split(".").map(Number);
  return parts.some((part) => part > 255) ? 0 : parts.reduce((value, part) => value * 256 + part, 0);
}

/** The first two of an IPv6 address's eight groups; none when it is no such address. */
function groupsOf(address: string): number[] {
  const url = `http://[${address}]/`;
  if (!/^[\da-f:.]+$/i.test(address) || !URL.canParse(url)) return [];
  // Written in the one way that RFC 5952 knows, so a group is missing only where `::` stands for it.
  const [head = "", tail] = new URL(url).hostname.slice(1, -1).split("::");
  const groups = head.split(":").map((group) => Number.parseInt(group || "0", 16));
  return tail === undefined ? groups : [...groups, 0, 0];
}
