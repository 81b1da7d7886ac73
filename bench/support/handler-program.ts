import { obey } from "./obey.ts";

/** An event, and how often a handler is called with it. */
type Handler = (event: unknown) => Promise<{ readonly statusCode: number }>;

let handler: Handler | undefined;

const commands = {
  /** Loads a handler under the environment that this process was given then. */
  async load(module: string, environment: Readonly<Record<string, string>>): Promise<void> {
    Object.assign(process.env, environment);
    handler = ((await import(module)) as { readonly handler: Handler }).handler;
  },

  /** Calls it once; answers with its status and how long it took, in milliseconds. */
  async call(event: unknown): Promise<{ readonly status: number; readonly milliseconds: number }> {
    if (handler === undefined) throw new Error("No handler is loaded");
    const start = performance.now();
    const { statusCode } = await handler(event);
    return { status: statusCode, milliseconds: performance.now() - start };
  },
};

/** A handler in a process of its own, without a gateway before it. */
export type HandlerProgram = typeof commands;

obey(commands);
