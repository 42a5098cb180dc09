import type { KeyboardEvent } from "react";
import { moveInGrid } from "./move-in-grid";

/** Seven buttons in rows of three, under a search field. */
const setUp = ({ hasPicker = true } = {}) => {
  const page = { activeElement: null as unknown };
  const field = { focus: () => (page.activeElement = field) };
  const buttons = Array.from({ length: 7 }, () => {
    const button = { focus: () => (page.activeElement = button) };
    return button;
  });
  const grid = {
    querySelectorAll: () => buttons,
    closest: () => (hasPicker ? { querySelector: () => field } : null),
  };
  Object.assign(globalThis, { document: page, getComputedStyle: () => ({ gridTemplateColumns: "36px 36px 36px" }) });
  let prevented = 0;
  /** Where the focus is after a key; -1 is the search field. */
  const press = (key: string, from: number) => {
    page.activeElement = buttons[from] ?? null;
    moveInGrid({
      key,
      currentTarget: grid,
      preventDefault: () => prevented++,
    } as unknown as KeyboardEvent<HTMLElement>);
    return page.activeElement === field ? -1 : buttons.indexOf(page.activeElement as (typeof buttons)[number]);
  };
  return { press, prevented: () => prevented };
};

afterEach(() => {
  for (const name of ["document", "getComputedStyle"]) Reflect.deleteProperty(globalThis, name);
});

test("arrows go to the neighbours, row by row", () => {
  const { press } = setUp();
  expect(press("ArrowRight", 1)).toBe(2);
  expect(press("ArrowRight", 2)).toBe(3);
  expect(press("ArrowLeft", 3)).toBe(2);
  expect(press("ArrowDown", 1)).toBe(4);
  expect(press("ArrowUp", 4)).toBe(1);
});

test("at the ends they stay, and the last row may be short", () => {
  const { press } = setUp();
  expect(press("ArrowLeft", 0)).toBe(0);
  expect(press("ArrowRight", 6)).toBe(6);
  expect(press("ArrowDown", 5)).toBe(6);
});

test("Home and End go to the first and the last", () => {
  const { press } = setUp();
  expect(press("Home", 4)).toBe(0);
  expect(press("End", 4)).toBe(6);
});

test("above the first row is the search, where there is one", () => {
  expect(setUp().press("ArrowUp", 1)).toBe(-1);
  expect(setUp({ hasPicker: false }).press("ArrowUp", 1)).toBe(1);
});

test("the page does not scroll under it, and other keys are left alone", () => {
  const { press, prevented } = setUp();
  press("ArrowDown", 0);
  expect(prevented()).toBe(1);
  expect(press("a", 0)).toBe(0);
  expect(press("Enter", 0)).toBe(0);
  expect(prevented()).toBe(1);
});

test("a key pressed elsewhere moves nothing", () => {
  const { press, prevented } = setUp();
  expect(press("ArrowDown", -1)).toBe(-1);
  expect(prevented()).toBe(0);
});
