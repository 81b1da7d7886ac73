import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pages } from "./pages.ts";
import { root } from "./source.ts";

for (const [file, page] of Object.entries(pages)) writeFileSync(join(root, "docs/reference", file), page());
