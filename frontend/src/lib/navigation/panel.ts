/** What stands beside a conversation, as the address has it. */
export type Panel =
  | { readonly kind: "thread"; readonly rootId: string }
  | { readonly kind: "profile"; readonly userId: string }
  | { readonly kind: "members" | "pins" | "files" | "about" };

const plain = new Set(["members", "pins", "files", "about"]);

export function panelIn(query: URLSearchParams | null): Panel | null {
  const rootId = query?.get("thread");
  if (rootId) return { kind: "thread", rootId };
  const userId = query?.get("profile");
  if (userId) return { kind: "profile", userId };
  const name = query?.get("panel") ?? "";
  return plain.has(name) ? { kind: name as "members" } : null;
}

/** The present address with another panel, or none. */
export function withPanel(panel: Panel | null): string {
  const query = new URLSearchParams();
  const here = new URLSearchParams(location.search);
  // What a page shows stays; which message of a conversation was to be shown does not.
  for (const name of ["q", "tab"]) if (here.has(name)) query.set(name, here.get(name) ?? "");
  if (panel?.kind === "thread") query.set("thread", panel.rootId);
  else if (panel?.kind === "profile") query.set("profile", panel.userId);
  else if (panel) query.set("panel", panel.kind);
  const search = query.toString();
  return search ? `${location.pathname}?${search}` : location.pathname;
}
