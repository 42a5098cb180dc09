/** Checks whose subject is not built yet, in whole or in part, and what each waits for. Part or whole, each is kept here. */
export const later: Record<number, string> = {
  40: "known advisories: asked by the pipeline (npm audit), of a registry that answers; images are tested in tests/images, templates and cdk-nag in infra",
};

/** Of these nothing can be tested yet. */
export const untested: number[] = [];
