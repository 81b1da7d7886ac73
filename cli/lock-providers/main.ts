import { createTerminal } from "../terminal/terminal.ts";
import { lockProviders } from "./lock-providers.ts";

const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env });
process.exitCode = await lockProviders(terminal);
