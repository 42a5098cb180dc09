"use client";

import { TextField } from "@/components/ui/text-field";
import { useText } from "@/lib/text/text-context";
import { typedChannelName } from "../api/channel-name";

interface ChannelNameFieldProps {
  name: string;
  onName(name: string): void;
  error: string | undefined;
  hint?: string;
}

/** What is typed becomes a name that a channel may have. */
export function ChannelNameField({ name, onName, error, hint }: ChannelNameFieldProps) {
  const t = useText();
  return (
    <TextField
      label={t("channel.name")}
      before={<span className="pl-3 text-message text-n9">#</span>}
      required
      autoComplete="off"
      maxLength={50}
      value={name}
      onChange={(event) => onName(typedChannelName(event.target.value))}
      error={error}
      {...(hint && { hint })}
    />
  );
}
