/** The focus goes on to the message above (-1) or below (1). Answers whether there is one. */
export function focusNeighbour(row: HTMLElement, step: number): boolean {
  const list = row.closest("[role=log]");
  const rows = [...(list?.querySelectorAll<HTMLElement>("article[data-message-id]") ?? [])].sort(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  );
  const next = rows[rows.indexOf(row) + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}
