import { classes } from "./classes";
import { memo } from "react";

/** Each carries white text at AA contrast. Classes, not a style attribute: the pages' security policy allows none. */
const colours = [
  "bg-[#5b5bd6]",
  "bg-[#0e7490]",
  "bg-[#15803d]",
  "bg-[#b45309]",
  "bg-[#be185d]",
  "bg-[#7e22ce]",
  "bg-[#b91c1c]",
  "bg-[#3f5873]",
  "bg-[#0369a1]",
  "bg-[#4d7c0f]",
  "bg-[#0f766e]",
];

const sizes = {
  20: "size-5 text-[9px] rounded-[5px]",
  28: "size-7 text-[11px] rounded-sm",
  36: "size-9 text-[13px] rounded-md",
  64: "size-16 text-[22px] rounded-md",
  128: "size-32 text-[44px] rounded-md",
};

interface AvatarProps {
  id: string;
  name: string;
  url?: string | null;
  size: keyof typeof sizes;
}

/** A person's picture, or their initials on a colour of their own. Decoration: the name always stands beside it. */
export const Avatar = memo(function Avatar({ id, name, url, size }: AvatarProps) {
  const shape = classes("inline-flex shrink-0 items-center justify-center select-none", sizes[size]);
  // eslint-disable-next-line @next/next/no-img-element -- a small picture from our own API, with its own cache headers
  if (url) return <img src={url} alt="" width={size} height={size} className={classes(shape, "object-cover")} />;
  return (
    <span aria-hidden className={classes(shape, "font-semibold text-white", colourOf(id))}>
      {initialsOf(name)}
    </span>
  );
});

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toLocaleUpperCase();
}

/** FNV-1a: near ids must not look alike. */
function colourOf(id: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return colours[(hash >>> 0) % colours.length] ?? "bg-[#3f5873]";
}
