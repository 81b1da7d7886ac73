/**
 * What a browser lets the page do: run its own files, play from, chat with and send pictures to the given addresses, and
 * nothing else. The official player needs WebAssembly, and starts its worker from a blob; what it would tell hosts of
 * Amazon stays here.
 *
 * @param addresses of streams, of the chat and of what takes uploads; only their origins count
 */
export function securityHeaders(addresses: readonly string[]): Record<string, string> {
  const origins = [...new Set(addresses.map((address) => originOf(address)))];
  const policy = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self' blob:",
    "style-src": "'self'",
    // A picture that its owner has chosen, before it is sent.
    "img-src": "'self' blob:",
    "media-src": "blob:",
    "connect-src": ["'self'", ...origins].join(" "),
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  };
  return {
    "content-security-policy": Object.entries(policy)
      .map((directive) => directive.join(" "))
      .join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}

/** `URL.origin` is empty for WebSocket addresses in some versions of Node. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
