const preset = require("../jest.preset.cjs");
const backend = require("../backend/jest.config.cjs");

module.exports = {
  // Jest takes this one from here alone, not from the projects.
  testTimeout: preset.testTimeout,
  projects: [
    {
      ...preset,
      displayName: "tests",
      testPathIgnorePatterns: [...preset.testPathIgnorePatterns, "/tests/model/"],
    },
    // The API and the web client's state side by side in one process, on a real database.
    {
      ...preset,
      displayName: "model",
      testMatch: ["<rootDir>/model/**/*.test.ts"],
      transformIgnorePatterns: backend.transformIgnorePatterns,
      moduleNameMapper: { "^@/(.*)$": "<rootDir>/../frontend/src/$1" },
      globalSetup: "../scripts/jest-services.cjs",
      globalTeardown: "../scripts/jest-services-end.cjs",
    },
  ],
};
