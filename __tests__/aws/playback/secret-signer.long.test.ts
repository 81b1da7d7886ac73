import { it } from "vitest";
import { signAndReadByAll } from "./fixture/sign-and-read.ts";

it("ten thousand tokens of the signer of secrets are taken by jose, Node's crypto and the local engine", async () => {
  await signAndReadByAll(10_000);
}, 300_000);
