import { createTerminal } from "../terminal/terminal.ts";

const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env });
terminal.note("Onair: a local cloud, and the platform deployed to it. Nothing of it goes to AWS.");

// Loaded after the first line, so that something is on the screen while the SDK and the rest are read.
const { startCommand } = await import("./command.ts");
process.exitCode = await startCommand(terminal, process.argv.slice(2));
