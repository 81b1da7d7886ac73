import { createTerminal } from "../terminal/terminal.ts";

const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env });
terminal.note("Onair: the home of Terraform's state");

// Loaded after the first line, so that something is on the screen while the SDK and the rest are read.
const { bootstrapCommand } = await import("./command.ts");
process.exitCode = await bootstrapCommand(terminal, process.argv.slice(2));
