const preset = require("../jest.preset.cjs");

/** Packages that are modules only. */
const modules = ["@connectbest", "icu-minify", "@formatjs", "marked", "lowlight", "devlop"];

module.exports = {
  ...preset,
  displayName: "frontend",
  moduleNameMapper: { "^@/(.*)$": "<rootDir>/src/$1" },
  transformIgnorePatterns: [`/node_modules/(?!(${modules.join("|")})/)`],
};
