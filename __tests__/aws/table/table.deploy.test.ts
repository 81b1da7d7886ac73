import { afterAll, beforeAll } from "vitest";
import { type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { accounts } from "./cases/accounts.ts";
import { newTable } from "./fixture/new-table.ts";

let own: OwnCloud;
beforeAll(async () => {
  own = await startOwnCloud();
});
afterAll(() => own[Symbol.asyncDispose]());

const open = () => newTable(own.cloud);

accounts(open);
