module.exports = {
  ...require("../jest.preset.cjs"),
  displayName: "websocket",
  globalSetup: "../scripts/jest-services.cjs",
  globalTeardown: "../scripts/jest-services-end.cjs",
};
