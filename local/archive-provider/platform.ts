const OPERATING_SYSTEMS: Readonly<Record<string, string>> = { linux: "linux", darwin: "darwin" };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** Thrown on an operating system or processor that the local cloud does not support. */
class PlatformError extends Error {
  readonly code = "ERR_PLATFORM";
}

/**
 * Terraform's name of this machine, for example `linux_amd64`.
 * @throws {PlatformError} elsewhere than on Linux or macOS, amd64 or arm64.
 */
export const terraformPlatform = (system: string = process.platform, processor: string = process.arch): string => {
  const [name, architecture] = [OPERATING_SYSTEMS[system], ARCHITECTURES[processor]];
  if (!name || !architecture) {
    throw new PlatformError(`the local cloud runs on Linux and macOS, amd64 and arm64, got ${system} ${processor}`);
  }
  return `${name}_${architecture}`;
};
