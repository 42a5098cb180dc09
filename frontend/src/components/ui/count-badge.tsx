/** How many wait; drawn only, for the name of what it sits in says it too. */
export function CountBadge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span
      aria-hidden
      className="flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-accent px-1.5 text-xs leading-none font-semibold text-on-accent tabular-nums"
    >
      {count > 99 ? "99+" : count}
    </span>
  );
}
