import { classes } from "@/components/ui/classes";
import { useState } from "react";
import { partsOf } from "../api/links";

/** A message as it was written: its line breaks kept, its addresses followed, nothing of it ever markup. */
export function MessageText({ content }: { content: string }) {
  const isLong = content.length > 2_400 || content.split("\n").length > 24;
  const [isFolded, setFolded] = useState(isLong);
  return (
    <>
      <p
        className={classes(
          "max-w-[72ch] text-message [overflow-wrap:anywhere] whitespace-pre-wrap",
          isFolded && "line-clamp-24",
        )}
      >
        {partsOf(content).map((part, index) =>
          part.href ? (
            <a
              key={index}
              href={part.href}
              target="_blank"
              rel="noopener noreferrer nofollow"
              className="text-accent-text underline decoration-accent-text/35 underline-offset-2 hover:decoration-current"
            >
              {part.text}
            </a>
          ) : (
            part.text
          ),
        )}
      </p>
      {isLong && (
        <button
          type="button"
          onClick={() => setFolded(!isFolded)}
          className="mt-0.5 rounded-sm text-frame font-medium text-accent-text hover:underline"
        >
          {isFolded ? "Show all of it" : "Show less"}
        </button>
      )}
    </>
  );
}
