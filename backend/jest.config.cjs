const preset = require("../jest.preset.cjs");

/** Published as ES modules only, which Jest's own loader cannot read as they are. */
const modules = [
  "@connectbest",
  "jose",
  "file-type",
  "strtok3",
  "token-types",
  "@tokenizer",
  "uint8array-extras",
  "@borewit",
  "archiver",
  "htmlparser2",
  "domhandler",
  "domutils",
  "domelementtype",
  "dom-serializer",
  "entities",
  "zip-stream",
  "compress-commons",
  "crc32-stream",
  "is-stream",
  "readdir-glob",
];

module.exports = {
  ...preset,
  displayName: "backend",
  transformIgnorePatterns: [`/node_modules/(?!(${modules.join("|")})/)`],
  globalSetup: "../scripts/jest-services.cjs",
  globalTeardown: "../scripts/jest-services-end.cjs",
};
