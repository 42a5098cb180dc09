import type { ComponentProps, MouseEvent } from "react";
import { navigate } from "@/lib/navigation/navigate";

interface AppLinkProps extends ComponentProps<"a"> {
  href: string;
}

/** A link within the chat: a real address to copy and open in a tab, followed without a round trip. */
export function AppLink({ href, onClick, ...rest }: AppLinkProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain) return;
    event.preventDefault();
    navigate(href);
  }
  return <a {...rest} href={href} onClick={follow} />;
}
