"use client";

import { useSyncExternalStore } from "react";
import { Dialog } from "@/components/ui/dialog";
import { isMac, keysOf, shortcuts } from "@/lib/keyboard/shortcuts";
import type { ShortcutName } from "@/lib/keyboard/shortcuts";
import { usePreferences } from "@/lib/preferences/preferences-context";
import type { TextKey } from "@/lib/text/catalog";
import { useText } from "@/lib/text/text-context";

const everywhere = Object.keys(shortcuts) as ShortcutName[];

const onMessage: readonly (readonly [keys: string, what: TextKey])[] = [
  ["↑ ↓", "keys.moveMessages"],
  ["R", "thread.reply"],
  ["E", "message.edit"],
  ["S", "message.save"],
  ["P", "message.pin"],
  ["U", "message.markUnread"],
];

const whileWriting: readonly (readonly [keys: string, what: TextKey])[] = [
  ["↑", "keys.editLast"],
  ["@  #  :", "keys.complete"],
  ["Ctrl B", "format.bold"],
  ["Ctrl I", "format.italic"],
  ["Ctrl E", "format.code"],
  ["Ctrl ⇧ X", "format.struck"],
  ["Ctrl ⇧ 7", "format.numbered"],
  ["Ctrl ⇧ 8", "format.list"],
  ["Ctrl ⇧ 9", "format.quote"],
];

const sending = {
  send: [
    ["Enter", "keys.send"],
    ["⇧ Enter", "keys.newLine"],
  ],
  newline: [
    ["Ctrl Enter", "keys.send"],
    ["Enter", "keys.newLine"],
  ],
} as const;

const neverChanges = () => () => undefined;

/** Every key that does something, by where it does it. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const t = useText();
  const mac = useSyncExternalStore(neverChanges, isMac, () => false);
  const { preferences } = usePreferences();
  const writing = [...sending[preferences.enterKey], ...whileWriting];
  const forMac = (keys: string) => (mac ? keys.replace("Ctrl", "⌘") : keys);
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      <div role="group" aria-label={t("keys.title")} tabIndex={0} className="space-y-6 overflow-y-auto px-6 pb-6">
        <Keys
          title={t("keys.everywhere")}
          rows={[
            ...everywhere.map((name) => [keysOf(shortcuts[name], mac).join(" "), t(`keys.${name}`)] as const),
            ["Esc", t("keys.escape")],
          ]}
        />
        <Keys title={t("keys.onMessage")} rows={onMessage.map(([keys, what]) => [keys, t(what)])} />
        <Keys title={t("keys.whileWriting")} rows={writing.map(([keys, what]) => [forMac(keys), t(what)])} />
      </div>
    </Dialog>
  );
}

function Keys({ title, rows }: { title: string; rows: readonly (readonly [keys: string, what: string])[] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-frame font-semibold text-n10">{title}</h3>
      <dl>
        {rows.map(([keys, what]) => (
          <div
            key={what}
            className="flex items-center justify-between gap-4 border-b border-n5 py-1.5 text-sm last:border-0"
          >
            <dt>{what}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.split(" ").map((key, index) =>
                key ? (
                  <kbd
                    key={index}
                    className="min-w-6 rounded-[5px] border border-n6 bg-n2 px-1.5 py-0.5 text-center font-sans text-xs text-n11"
                  >
                    {key}
                  </kbd>
                ) : null,
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
