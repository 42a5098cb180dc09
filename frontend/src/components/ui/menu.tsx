import { classes } from "./classes";
import type { LucideIcon } from "lucide-react";
import { Check } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode, RefObject } from "react";

interface MenuProps {
  label: string;
  /** Tailwind classes that place it beside its button. */
  placement: string;
  trigger(props: TriggerProps): ReactNode;
  children: ReactNode;
}

export interface TriggerProps {
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  onClick(): void;
}

/** A menu button: arrows, Home, End and the first letter move; Esc, a choice or a click elsewhere closes. */
export function Menu({ label, placement, trigger, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useClickOutside(root, isOpen, () => setOpen(false));

  function close() {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  }

  return (
    <div ref={root} className="relative">
      {trigger({ "aria-haspopup": "menu", "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) })}
      {isOpen && (
        <MenuItems
          label={label}
          onDone={close}
          className={classes("absolute z-40 animate-rise rounded-md border border-n6 bg-n1 shadow-float", placement)}
        >
          {children}
        </MenuItems>
      )}
    </div>
  );
}

interface MenuItemsProps {
  label: string;
  /** A choice was made, or Esc pressed. */
  onDone(): void;
  /** Esc pressed, where a choice does not close the menu. */
  onEscape?(): void;
  className?: string;
  children: ReactNode;
}

/** The items of a menu, wherever it floats: the first has the focus, the keyboard moves it. */
export function MenuItems({ label, onDone, onEscape = onDone, className, children }: MenuItemsProps) {
  const menu = useRef<HTMLDivElement>(null);
  // After what it floats in is shown: nothing hidden takes the focus.
  useEffect(() => focusFirst(menu.current), []);
  return (
    <div
      ref={menu}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => moveFocus(event, onEscape)}
      onClick={(event) => (event.target as Element).closest("[role^=menuitem]") && onDone()}
      className={classes("min-w-56 p-1.5 outline-none", className)}
    >
      {children}
    </div>
  );
}

interface MenuItemProps {
  icon: LucideIcon;
  /** Set for one of a choice: a tick shows which holds. */
  isChecked?: boolean;
  tone?: "danger";
  /** The key that does the same. */
  shortcut?: string;
  onSelect(): void;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, isChecked, tone, shortcut, onSelect, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role={isChecked === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={isChecked}
      tabIndex={-1}
      onClick={onSelect}
      className={classes(
        "flex h-8 w-full items-center gap-2.5 rounded-sm px-2 text-left text-frame outline-none hover:bg-n3 focus-visible:bg-n4",
        tone === "danger" ? "text-danger" : "text-n12",
      )}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden className={tone === "danger" ? undefined : "text-n10"} />
      <span className="flex-1">{children}</span>
      {shortcut && (
        <kbd aria-hidden className="pl-4 font-sans text-xs text-n10">
          {shortcut}
        </kbd>
      )}
      {isChecked && <Check size={16} strokeWidth={1.5} aria-hidden className="text-accent-text" />}
    </button>
  );
}

export const MenuSeparator = () => <hr className="-mx-1.5 my-1.5 border-n5" />;

const items = (menu: Element): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];

const focusFirst = (menu: HTMLElement | null): void => {
  if (menu) items(menu)[0]?.focus();
};

function moveFocus(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  const all = items(event.currentTarget);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const target: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const index = target[event.key];
  if (index !== undefined) {
    event.preventDefault();
    all.at(index % all.length)?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (event.key.length === 1) {
    const letter = event.key.toLowerCase();
    all.find((item) => item.textContent.trim().toLowerCase().startsWith(letter))?.focus();
  }
}

function useClickOutside(root: RefObject<HTMLElement | null>, isActive: boolean, onOutside: () => void): void {
  useEffect(() => {
    if (!isActive) return;
    const listen = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) onOutside();
    };
    document.addEventListener("pointerdown", listen);
    return () => document.removeEventListener("pointerdown", listen);
  });
}
