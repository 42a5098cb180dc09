"use client";

import { createElement, useEffect, useState } from "react";
import type { ComponentType } from "react";

const Nothing = () => null;

/**
 * A part of the page whose code comes when it is first shown, in the browser only. Until then, and should it not come, there
 * is `Waiting`; the network's return asks again. (React's `lazy` would take the whole page down with it, and next/dynamic
 * costs 2 kB on every page.)
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType = Nothing,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function OnDemand(props: Props) {
    const [part, setPart] = useState(() => loaded);
    useEffect(() => {
      if (part) return;
      let isCurrent = true;
      const ask = () =>
        void load().then(
          (arrived) => {
            loaded = arrived;
            if (isCurrent) setPart(() => arrived);
          },
          () => undefined,
        );
      ask();
      window.addEventListener("online", ask);
      return () => {
        isCurrent = false;
        window.removeEventListener("online", ask);
      };
    }, [part]);
    return part ? createElement(part, props) : createElement(Waiting);
  };
}
