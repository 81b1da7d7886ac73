import type { Pace } from "./ports.ts";

/** The service's operation behind each method of a port: "CreateChannel" behind `create`. */
export type OperationsOf<Port> = { readonly [Method in keyof Port]: string };

/** The port, with each call waiting for its operation's turn. */
export function paced<Port extends object>(port: Port, operations: OperationsOf<Port>, pace: Pace): Port {
  return new Proxy(port, {
    get(target, method, receiver) {
      const call: unknown = Reflect.get(target, method, receiver);
      if (typeof call !== "function" || !Object.hasOwn(operations, method)) return call;
      return async (...given: unknown[]) => {
        await pace.turn(operations[method as keyof Port]);
        return Reflect.apply(call, target, given);
      };
    },
  });
}

/** The pages of a list, with each waiting for the operation's turn. */
export async function* pacedPages<Page>(operation: string, pages: AsyncIterable<Page>, pace: Pace) {
  const asked = pages[Symbol.asyncIterator]();
  for (;;) {
    await pace.turn(operation);
    const { done, value } = await asked.next();
    if (done) return;
    yield value;
  }
}
