/** Setting up begins anew until a code has proved it; what works is taken away only by disabling it. */
export const canSetUp = (state: { enabled: boolean }): boolean => !state.enabled;

export const canVerifySetup = (state: { enabled: boolean; begun: boolean }): boolean => state.begun && !state.enabled;

/** Where the workspace demands it nobody goes without. */
export const canDisable = (state: { enabled: boolean }, rules: { requireTwoFactor: boolean }): boolean =>
  state.enabled && !rules.requireTwoFactor;
