import fc from "fast-check";
import { expect, test } from "vitest";
import { problemError } from "#web/api/api-error.ts";

const badGateway = { status: 502, headers: new Headers() };

test("a problem is told by its detail, with what is wrong where", () => {
  const error = problemError(
    { status: 400, headers: new Headers() },
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

test("when to ask again is what the answer says in seconds", () => {
  const after = (header: string) =>
    problemError({ status: 503, headers: new Headers({ "retry-after": header }) }, { title: "Busy." })
      .retryAfterSeconds;
  expect([after("1"), after("60"), after("Wed, 21 Oct 2026 07:28:00 GMT"), after("-1")]).toEqual([
    1,
    60,
    undefined,
    undefined,
  ]);
  expect(problemError(badGateway, undefined).retryAfterSeconds).toBeUndefined();
});

test("whatever else a failed call is answered with, there is something to say", () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => problemError(badGateway, body).message.length > 0));
  expect(problemError(badGateway, undefined).message).toBe("The server answered 502.");
});
