import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { SecretText } from "@/components/ui/secret-text";

interface NewTokenSecretProps {
  name: string;
  secret: string;
  onDone(): void;
}

/** The only time that a token's secret is shown. */
export function NewTokenSecret({ name, secret, onDone }: NewTokenSecretProps) {
  return (
    <div role="status" className="mb-6 rounded-sm border border-n6 bg-n2 p-4">
      <p className="text-sm font-medium">“{name}” is ready. Copy it now: it is not shown again.</p>
      <SecretText label="Token">{secret}</SecretText>
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={secret} label="Copy token" />
        <Button size="sm" onClick={onDone}>
          I have copied it
        </Button>
      </div>
    </div>
  );
}
