module.exports = {
  ...require("../jest.preset.cjs"),
  displayName: "infra",
  globalSetup: "<rootDir>/src/testing/synthesize.cjs",
};
