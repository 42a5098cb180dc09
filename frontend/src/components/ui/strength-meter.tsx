import { useText } from "@/lib/text/text-context";
import { classes } from "./classes";
import { strengthOf } from "./password-strength";

const colours = ["bg-n8", "bg-danger", "bg-warning", "bg-success", "bg-success"];

export function StrengthMeter({ password }: { password: string }) {
  const t = useText();
  const { score, key } = strengthOf(password);
  return (
    <div className="mt-2 flex items-center gap-3" role="status" aria-label={t("strength.label")}>
      <span className="flex flex-1 gap-1" aria-hidden>
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={classes("h-1 flex-1 rounded-full transition-colors", step <= score ? colours[score] : "bg-n5")}
          />
        ))}
      </span>
      <span className="min-w-44 text-right text-xs text-n10">{t(key)}</span>
    </div>
  );
}
