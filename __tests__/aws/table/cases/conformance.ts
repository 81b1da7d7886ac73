import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Table as TableInMemory } from "#__tests__/domain/accounts/table.ts";
import { World } from "#__tests__/domain/accounts/world.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { ownerOfName } from "#aws/table/owners.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { AccountStore } from "#domain/accounts/ports.ts";
import { addresses, all, channelArnOf, reserved, roomArnOf } from "../fixture/accounts.ts";
import type { OpenTable } from "../fixture/raw-row.ts";

const subs = ["user-1", "user-2", "user-3"];
const names = ["ana", "bo", "cy"];

/** The changes that workers write, and what takes them back. */
const changes: readonly Partial<Account>[] = [
  { stage: "channel", lease: { holder: "worker-1", until: 5 } },
  { quotaSince: 7, lease: undefined } as unknown as Partial<Account>,
  { stage: "room", addresses, quotaSince: undefined } as unknown as Partial<Account>,
  { stage: "complete", lease: undefined } as unknown as Partial<Account>,
  { keyReset: { id: "reset-1", oldKeyArns: ["key-1", "key-2"] } },
  { keyReset: undefined, lastReset: { ids: ["reset-1"], keyArn: "key-3" } } as unknown as Partial<Account>,
  { stage: "deleting", deletionStep: "key", keyReset: undefined } as unknown as Partial<Account>,
];

const deed = fc.record({
  what: fc.constantFrom("reserve", "reserve", "write", "write", "write", "bury"),
  sub: fc.constantFrom(...subs),
  name: fc.constantFrom(...names),
  change: fc.constantFrom(...changes),
  /** How many versions late the decision is. */
  late: fc.constantFrom(0, 0, 0, 1),
  /** Sent again by the client, as after a lost answer. */
  times: fc.constantFrom(1, 1, 2),
});
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

/** Does one deed on a store; `known` is what it is decided on. */
function act(store: AccountStore, { what, sub, name, change, late }: Deed, known: Account | undefined) {
  if (what === "reserve") return store.reserve(reserved(sub, name), "Someone");
  if (known === undefined || known.stage === "deleted") return store.read(sub);
  const decidedOn = { ...known, version: known.version - late };
  const version = decidedOn.version + 1;
  if (what === "bury") {
    return store.bury(decidedOn, { sub, name: "", stage: "deleted", expiresAt: 1_800_000_000, version });
  }
  const arns = { channelArn: channelArnOf(sub), roomArn: roomArnOf(sub) };
  return store.write({ ...decidedOn, ...arns, ...change, version }, decidedOn.version);
}

export const conformance = (open: OpenTable) =>
  describe("the accounts' table in memory, on which the backend is proven,", () => {
    it("answers as the real one does, whatever is asked in whatever order", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 20 }), async (deeds) => {
          const table = await open();
          const real = createAccountStore(table);
          const world = new World(() => 0);
          const model = new TableInMemory(world);
          const inWorld = async <Answer>(answer: Promise<Answer>) => {
            await world.run();
            return answer;
          };
          for (const each of deeds) {
            const known = model.rows.get(each.sub);
            for (let time = 0; time < (each.what === "write" ? each.times : 1); time++) {
              const expected = await inWorld(act(model, each, known) as Promise<unknown>);
              expect(await act(real, each, known)).toEqual(expected);
            }
          }
          for (const sub of subs) expect(await real.read(sub)).toEqual(model.rows.get(sub));
          for (const name of names) expect(await ownerOfName(table, name)).toBe(model.names.get(name));
          expect((await all(real.unfinished())).toSorted()).toEqual((await all(model.unfinished())).toSorted());
        }),
        { numRuns: 25 },
      );
    });
  });
