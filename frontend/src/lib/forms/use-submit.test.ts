import { ApiError } from "@/lib/api/api-error";
import { problemOf } from "./use-submit";

test("what the API says of a field stands beside it, and only there", () => {
  const details = [
    { path: "body.currentPassword", message: "This is not your password." },
    { path: "body.currentPassword", message: "And once more." },
  ];
  expect(problemOf(new ApiError("No.", 403, "forbidden", details))).toEqual({
    sentence: null,
    fields: { currentPassword: "This is not your password." },
  });
});

test("a wrong code is the code field's", () => {
  const error = new ApiError("That code is not right.", 401, "invalid_two_factor_code");
  expect(problemOf(error)).toEqual({ sentence: null, fields: { code: "That code is not right." } });
});

test("what it says of no field stands above the form", () => {
  const problem = problemOf(new ApiError("Sign in again first.", 403, "forbidden"));
  expect(problem).toEqual({ sentence: "Sign in again first.", fields: {} });
  expect(problemOf(new Error("bug")).sentence).toMatch(/\.$/);
});
