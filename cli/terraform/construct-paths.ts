import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a stack's JSON remembers of the constructs that made it: `aws_ivschat_room.lobby_room_5A1C` is `lobby/room`. */
export function constructPaths(stackFolder: string): ReadonlyMap<string, string> {
  const { resource = {} } = JSON.parse(readFileSync(join(stackFolder, "cdk.tf.json"), "utf8")) as {
    resource?: Record<string, Record<string, { "//"?: { metadata?: { path?: string } } }>>;
  };
  return new Map(
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).flatMap(([name, block]) => {
        const path = block["//"]?.metadata?.path?.split("/").slice(1).join("/");
        return path ? [[`${type}.${name}`, path] as const] : [];
      }),
    ),
  );
}

/** Terraform's line with the construct path behind each address that it speaks of, as cdktf-cli writes it. */
export function withConstructPaths(line: string, paths: ReadonlyMap<string, string>): string {
  return line.replace(
    /^(\s*with )?([a-z0-9_]+\.[\w-]+)(?=[:,])/,
    (found, before: string | undefined, address: string) => {
      const path = paths.get(address);
      return path ? `${before ?? ""}${address} (${path})` : found;
    },
  );
}
