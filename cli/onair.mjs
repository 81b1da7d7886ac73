#!/usr/bin/env node
// Plain JavaScript, so that any Node can read it: what it loads is TypeScript.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./onair/main.ts");
process.exitCode = await main(process.argv.slice(2));
