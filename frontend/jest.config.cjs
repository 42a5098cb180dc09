const preset = require("../jest.preset.cjs");

module.exports = { ...preset, displayName: "frontend", moduleNameMapper: { "^@/(.*)$": "<rootDir>/src/$1" } };
