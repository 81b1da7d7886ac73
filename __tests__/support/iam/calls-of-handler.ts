import { join } from "node:path";
import { build } from "esbuild";

/** One name that a handler's code takes from a package of the SDK, and uses. */
export interface SdkCall {
  readonly packageName: string;
  readonly name: string;
}

const HANDLERS = join(import.meta.dirname, "../../../handlers");

const dynamodb = (name: string): SdkCall => ({ packageName: "@aws-sdk/client-dynamodb", name });

/** Calls that are signed by hand, for handlers that cannot wait for the SDK to load. */
const BY_HAND: Readonly<Record<string, readonly SdkCall[]>> = {
  "review-message": [dynamodb("GetItemCommand"), dynamodb("UpdateItemCommand")],
};

/** What makes a call; the rest of the SDK is clients, errors and types. */
const isCall = (name: string) => /Command$|^paginate|^createPresigned/.test(name);

/** What esbuild leaves of imports once it has dropped all that nobody uses. */
const imports = /^import \{([^}]*)\} from "(@aws-sdk\/[^"]+)";/gm;

/**
 * The calls of the SDK that a handler's bundle holds, by its code alone: those that it may make, whether or not it ever
 * does.
 *
 * @param handler a folder of handlers/
 */
export async function callsOfHandler(handler: string): Promise<SdkCall[]> {
  const { outputFiles } = await build({
    entryPoints: [join(HANDLERS, handler, "handler.ts")],
    ...{ bundle: true, write: false, platform: "node", format: "esm", logLevel: "silent" },
    external: ["@aws-sdk/*"],
  });
  const code = outputFiles[0]?.text ?? "";
  const byHand = BY_HAND[handler] ?? [];
  if (code.includes("x-amz-target") !== byHand.length > 0) throw new Error(`${handler}: say what it calls by hand`);
  const bySdk = [...code.matchAll(imports)].flatMap(([, names = "", packageName = ""]) =>
    names
      .split(",")
      .map((name) => name.trim().split(" as ")[0] ?? "")
      .filter(isCall)
      .map((name) => ({ packageName, name })),
  );
  return [...bySdk, ...byHand];
}
