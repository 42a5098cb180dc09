import { AppLink } from "./app-link";
import { classes } from "./classes";

interface TabsProps {
  label: string;
  tabs: readonly { readonly href: string; readonly name: string; readonly isCurrent: boolean }[];
}

/** Parts of one page, each with an address of its own. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav aria-label={label} className="flex gap-1 border-b border-n5 px-5 narrow:px-3">
      {tabs.map(({ href, name, isCurrent }) => (
        <AppLink
          key={href}
          href={href}
          aria-current={isCurrent ? "page" : undefined}
          className={classes(
            "-mb-px border-b-2 px-2.5 py-2.5 text-sm font-medium",
            isCurrent ? "border-accent text-n12" : "border-transparent text-n10 hover:text-n12",
          )}
        >
          {name}
        </AppLink>
      ))}
    </nav>
  );
}
