import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { SecretText } from "@/components/ui/secret-text";
import { useText } from "@/lib/text/text-context";

interface NewTokenSecretProps {
  name: string;
  secret: string;
  onDone(): void;
}

/** The only time that a token's secret is shown. */
export function NewTokenSecret({ name, secret, onDone }: NewTokenSecretProps) {
  const t = useText();
  return (
    <div role="status" className="mb-6 rounded-sm border border-n6 bg-n2 p-4">
      <p className="text-sm font-medium">{t("tokens.ready", { name })}</p>
      <SecretText label={t("tokens.secret")}>{secret}</SecretText>
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={secret} label={t("tokens.copy")} />
        <Button size="sm" onClick={onDone}>
          {t("tokens.copied")}
        </Button>
      </div>
    </div>
  );
}
