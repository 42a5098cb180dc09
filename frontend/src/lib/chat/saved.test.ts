import { aState } from "@/testing/factories";
import { withSaved } from "./saved";

const held = (saved: Record<string, boolean>) => ({ ...aState(), saved });
const nothing = () => false;

test("what the server has saved stands, what it has not is gone", () => {
  const state = withSaved(held({ a: true, b: false }), ["b", "c"], true, nothing);
  expect(state.saved).toEqual({ b: true, c: true });
});

test("of older ones that the answer leaves out, those seen as saved stay so", () => {
  const state = withSaved(held({ a: true, b: false }), ["c"], false, nothing);
  expect(state.saved).toEqual({ a: true, c: true });
});

test("a wish that is on its way stands against the answer, either way", () => {
  const state = withSaved(held({ a: true, b: false }), ["b"], true, () => true);
  expect(state.saved).toEqual({ a: true, b: false });
});
