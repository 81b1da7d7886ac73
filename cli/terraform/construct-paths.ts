import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, StackPlan } from "#domain/plan-review/plan.ts";

type Block = Readonly<Record<string, Json>> & { readonly "//"?: { readonly metadata?: { readonly path?: string } } };

/** Every resource of a synthesized stack, by address. */
function blocksOf(stackFolder: string): [address: string, Block][] {
  const { resource = {} } = JSON.parse(readFileSync(join(stackFolder, "cdk.tf.json"), "utf8")) as {
    resource?: Record<string, Record<string, Block>>;
  };
  return Object.entries(resource).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(([name, block]): [string, Block] => [`${type}.${name}`, block]),
  );
}

/** What a stack's JSON remembers of the constructs that made it: `aws_ivschat_room.lobby_room_5A1C` is `lobby/room`. */
export const constructPaths = (stackFolder: string): ReadonlyMap<string, string> => pathsOf(blocksOf(stackFolder));

/** What a review takes from a stack's JSON: construct paths, and what is written of each resource. */
export function synthesizedOf(stackFolder: string): Required<Pick<StackPlan, "paths" | "written">> {
  const blocks = blocksOf(stackFolder);
  return { paths: pathsOf(blocks), written: new Map(blocks) };
}

const pathsOf = (blocks: readonly [address: string, Block][]) =>
  new Map(
    blocks.flatMap(([address, block]) => {
      const path = block["//"]?.metadata?.path?.split("/").slice(1).join("/");
      return path ? [[address, path] as const] : [];
    }),
  );

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
