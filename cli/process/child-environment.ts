import type { Environment } from "../terminal/style.ts";

/** What a child needs of the user's environment: where things are, how to talk and to show, how to reach package registries. */
const allowed = new Set([
  "ALL_PROXY",
  "BROWSER",
  "CURL_CA_BUNDLE",
  "DISPLAY",
  "FORCE_COLOR",
  "HOME",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "LANG",
  "LOGNAME",
  "NODE_EXTRA_CA_CERTS",
  "NO_COLOR",
  "NO_PROXY",
  "PATH",
  "REQUESTS_CA_BUNDLE",
  "SHELL",
  "SSL_CERT_DIR",
  "SSL_CERT_FILE",
  "TEMP",
  "TERM",
  "TMP",
  "TMPDIR",
  "TZ",
  "TF_CLI_CONFIG_FILE",
  "USER",
  "WAYLAND_DISPLAY",
  "XAUTHORITY",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "XDG_CURRENT_DESKTOP",
  "XDG_DATA_HOME",
  "XDG_RUNTIME_DIR",
]);
const allowedPrefixes = ["LC_", "ONAIR_", "PIP_", "UV_"];

/**
 * The user's environment without anything that could be a credential of theirs: a list of what may pass, not of what may
 * not, so that no AWS profile, session or role ever reaches a child of the local cloud.
 */
export function childEnvironment(environment: Environment): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && mayPass(name)) passed[name] = value;
  }
  return passed;
}

function mayPass(name: string): boolean {
  // Proxies are also written in lower case.
  const upper = name.toUpperCase();
  return allowed.has(upper) || allowedPrefixes.some((prefix) => name.startsWith(prefix));
}

/** Leaves in this process's own environment only what may pass, and adds what the local cloud says. */
export function replaceOwnEnvironment(wanted: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (!(name in wanted)) delete process.env[name];
  Object.assign(process.env, wanted);
}
