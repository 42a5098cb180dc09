import { themeStorageKey } from "./theme-script";

export const themeChoices = ["light", "dark", "system"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const darkQuery = "(prefers-color-scheme: dark)";
const changed = "connectbest:theme-changed";

export function themeChoice(): ThemeChoice {
  const stored = localStorage.getItem(themeStorageKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === "system") localStorage.removeItem(themeStorageKey);
  else localStorage.setItem(themeStorageKey, choice);
  paint();
  window.dispatchEvent(new Event(changed));
}

/** The same, for all of somebody's devices. Should the server not hear of it, this one has it. */
export function keepTheme(theme: ThemeChoice): void {
  chooseTheme(theme);
  const body = JSON.stringify({ preferences: { theme } });
  const headers = { "content-type": "application/json" };
  void fetch("/api/users/me", { method: "PUT", headers, body }).catch(() => undefined);
}

/** Follows the system's theme and the other tabs' choice. Answers how to stop. */
export function followTheme(listener: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const follow = () => {
    paint();
    listener();
  };
  matchMedia(darkQuery).addEventListener("change", follow, { signal });
  window.addEventListener("storage", follow, { signal });
  window.addEventListener(changed, listener, { signal });
  return () => controller.abort();
}

function paint(): void {
  const choice = themeChoice();
  const isDark = choice === "dark" || (choice === "system" && matchMedia(darkQuery).matches);
  document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
}
