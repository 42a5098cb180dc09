import { id } from "@/testing/factories";
import { panelIn, withPanel } from "./panel";
import type { Panel } from "./panel";

const at = (address: string) => Object.assign(globalThis, { location: new URL(address, "https://chat.example") });
const panels: Panel[] = [
  { kind: "thread", rootId: id(1) },
  { kind: "profile", userId: id(2) },
  { kind: "members" },
  { kind: "pins" },
  { kind: "files" },
  { kind: "about" },
];

afterEach(() => Reflect.deleteProperty(globalThis, "location"));

test.each(panels)("a panel and its address are two ways to say the same: $kind", (panel) => {
  at("/chat/c1");
  const address = new URL(withPanel(panel), "https://chat.example");
  expect(address.pathname).toBe("/chat/c1");
  expect(panelIn(address.searchParams)).toEqual(panel);
});

test("none is none, and what nobody knows is none", () => {
  at("/chat/c1?panel=pins");
  expect(withPanel(null)).toBe("/chat/c1");
  for (const query of ["", "panel=", "panel=secret", "thread=", "profile="])
    expect(panelIn(new URLSearchParams(query))).toBeNull();
  expect(panelIn(null)).toBeNull();
});

test("another panel takes the place of the one before", () => {
  at(`/chat/c1?thread=${id(1)}`);
  expect(withPanel({ kind: "profile", userId: id(2) })).toBe(`/chat/c1?profile=${id(2)}`);
});

test("what a page shows stays; which message of a conversation was to be shown does not", () => {
  at(`/chat/search?q=big%20launch&tab=files&message=${id(3)}`);
  expect(withPanel({ kind: "members" })).toBe("/chat/search?q=big+launch&tab=files&panel=members");
});
