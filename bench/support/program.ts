import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Answer, Commands, Question, Usage } from "./obey.ts";

type Returned<Command> = Command extends (...args: never[]) => infer Value ? Awaited<Value> : never;

/** A program of a bench in a process of its own, so that what is measured and what measures share no event loop. */
export interface Program<Known extends Commands> {
  /** Throws what the program threw. */
  ask<Name extends keyof Known & string>(name: Name, ...args: Parameters<Known[Name]>): Promise<Returned<Known[Name]>>;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a TypeScript file that calls `obey`; what it prints is left out, its errors are shown. */
export const startProgram = async <Known extends Commands>(file: URL): Promise<Program<Known>> => {
  const child = fork(fileURLToPath(file), {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;

  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`${file.pathname} ended with ${code}`)));
  });
  child.on("message", (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.once("exit", (code, signal) => {
    const failure = `${file.pathname} ended with ${code ?? signal}`;
    for (const [id, settle] of waiting) settle({ id, failure });
  });

  const ask = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const id = asked++;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    child.send({ id, name, args: args as never[] } satisfies Question);
    const answer = await answered;
    if ("failure" in answer) throw new Error(answer.failure);
    return answer.value;
  };

  return {
    ask: (name, ...args) => ask(name, args) as Promise<never>,
    usage: () => ask("usage", []) as Promise<Usage>,
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
