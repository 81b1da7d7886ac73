import { afterAll, beforeAll } from "vitest";
import { type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { accounts } from "./cases/accounts.ts";
import { chat } from "./cases/chat.ts";
import { conformance } from "./cases/conformance.ts";
import { furtherRows } from "./cases/further-rows.ts";
import { houseRows } from "./cases/house-rows.ts";
import { liveRows } from "./cases/live-rows.ts";
import { profiles } from "./cases/profiles.ts";
import { newTable } from "./fixture/new-table.ts";

let own: OwnCloud;
beforeAll(async () => {
  own = await startOwnCloud();
});
afterAll(() => own[Symbol.asyncDispose]());

const open = () => newTable(own.cloud);

accounts(open);
profiles(open);
liveRows(open);
chat(open);
furtherRows(open);
houseRows(open);
conformance(open);
