import { expect, test } from "vitest";
import { parseStateLock } from "#aws/state-backend/state-lock.ts";

test("reads who holds a lock from what Terraform stores", () => {
  const stored =
    '{"ID":"715bd78b-a1da-9aa1-8074-75d3942e2b35","Operation":"OperationTypeApply","Info":"","Who":"ana@laptop","Version":"1.11.4","Created":"2026-11-21T10:11:25.8Z","Path":"b/k"}';
  expect(parseStateLock(stored)).toEqual({
    id: "715bd78b-a1da-9aa1-8074-75d3942e2b35",
    operation: "OperationTypeApply",
    who: "ana@laptop",
    created: "2026-11-21T10:11:25.8Z",
  });
});
