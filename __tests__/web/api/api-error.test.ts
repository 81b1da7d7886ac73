import fc from "fast-check";
import { expect, test } from "vitest";
import { problemError } from "#web/api/api-error.ts";

test("a problem is told by its detail, with what is wrong where", () => {
  const error = problemError(
    { status: 400 },
    {
      title: "The request is not what this call takes.",
      detail: "body.title must be 1 to 140 characters.",
      code: "REQUEST_INVALID",
      errors: [{ field: "body.title", rule: "must be 1 to 140 characters", got: '""' }],
    },
  );
  expect(error).toMatchObject({ status: 400, code: "REQUEST_INVALID", message: expect.stringContaining("body.title") });
  expect(error.fields).toEqual(new Map([["title", "must be 1 to 140 characters"]]));
});

test("whatever else a failed call is answered with, there is something to say", () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => problemError({ status: 502 }, body).message.length > 0));
  expect(problemError({ status: 502 }, undefined).message).toBe("The server answered 502.");
});
