"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";
import { BackupCodes } from "./backup-codes";
import { DisableTwoFactor } from "./disable-two-factor";
import { RegenerateCodes } from "./regenerate-codes";
import { SetUpTwoFactor } from "./set-up-two-factor";
import { TwoFactorState } from "./two-factor-state";

type Step = { kind: "rest" | "set-up" | "disable" | "regenerate" } | { kind: "codes"; codes: readonly string[] };

const rest: Step = { kind: "rest" };

/** The second factor: off, being set up, or on; one thing at a time, in place. */
export function TwoFactorSection({ isRequired }: { isRequired: boolean }) {
  const t = useText();
  const { me, setMe } = useMe();
  const [step, setStep] = useState<Step>(rest);
  const back = () => setStep(rest);

  function enabled(codes: readonly string[]) {
    setMe({ ...me, twoFactorEnabled: true });
    setStep({ kind: "codes", codes });
  }

  return (
    <Section title={t("twoFactor.title")} description={t("twoFactor.description")}>
      {step.kind === "rest" &&
        (me.twoFactorEnabled ? (
          <TwoFactorState
            isNew={isRequired}
            onRegenerate={() => setStep({ kind: "regenerate" })}
            onDisable={() => setStep({ kind: "disable" })}
          />
        ) : (
          <Button tone="primary" onClick={() => setStep({ kind: "set-up" })}>
            {t("twoFactor.setUp")}
          </Button>
        ))}
      {step.kind === "set-up" && <SetUpTwoFactor onEnabled={enabled} onCancel={back} />}
      {step.kind === "codes" && <BackupCodes codes={step.codes} onKept={back} />}
      {step.kind === "regenerate" && (
        <RegenerateCodes onMade={(codes) => setStep({ kind: "codes", codes })} onCancel={back} />
      )}
      {step.kind === "disable" && (
        <DisableTwoFactor
          onDisabled={() => {
            setMe({ ...me, twoFactorEnabled: false });
            back();
          }}
          onCancel={back}
        />
      )}
    </Section>
  );
}
