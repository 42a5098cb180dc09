module.exports = {
  ...require("../jest.preset.cjs"),
  displayName: "backend",
  globalSetup: "../scripts/jest-services.cjs",
  globalTeardown: "../scripts/jest-services-end.cjs",
};
