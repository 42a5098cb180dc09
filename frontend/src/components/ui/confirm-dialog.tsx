"use client";

import { useState } from "react";
import { sentenceOf } from "@/lib/api/api-error";
import { useText } from "@/lib/text/text-context";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Notice } from "./notice";

interface ConfirmDialogProps {
  title: string;
  /** What it means. */
  description: string;
  /** On the button: what is done. */
  action: string;
  cancel?: string;
  onConfirm(): Promise<void>;
  onClose(): void;
}

/** Asks before what cannot easily be taken back. */
export function ConfirmDialog({ title, description, action, cancel, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function confirm() {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setError(sentenceOf(thrown));
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} description={description} onClose={onClose}>
      {error && (
        <div className="px-6">
          <Notice tone="danger">{error}</Notice>
        </div>
      )}
      <footer className="flex justify-end gap-2 px-6 pt-4 pb-5">
        <Button onClick={onClose}>{cancel ?? t("ui.cancel")}</Button>
        <Button tone="danger" isBusy={isBusy} onClick={() => void confirm()}>
          {action}
        </Button>
      </footer>
    </Dialog>
  );
}
