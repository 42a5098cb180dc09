import { languageOfHeaders } from "./header-language";
import { languageFor, languageOf } from "./language";

test.each([
  ["de-AT,de;q=0.9,en;q=0.8", "de"],
  ["en;q=0.5, de;q=0.9", "de"],
  ["fr, it;q=0.9, de;q=0.1", "de"],
  ["de;q=0, en", "en"],
  ["fr", "en"],
  ["", "en"],
  [null, "en"],
])("a browser that asks for %j is spoken to in %s", (header, language) => {
  expect(languageFor(header)).toBe(language);
});

test("a choice for all devices goes before one for this browser, and that before what the browser asks for", () => {
  expect(languageOf({ preference: "en", cookie: "de", acceptLanguage: "de" })).toBe("en");
  expect(languageOf({ preference: "system", cookie: "de", acceptLanguage: "en" })).toBe("de");
  expect(languageOf({ cookie: undefined, acceptLanguage: "de" })).toBe("de");
  expect(languageOf({ cookie: "toString", acceptLanguage: "de" })).toBe("de");
});

test("a bare request's cookie is found among the others", () => {
  const cookie = "other=en; connectbest.language=de; connectbest.languages=en";
  expect(languageOfHeaders({ cookie, "accept-language": "en" })).toBe("de");
  expect(languageOfHeaders({ cookie: "not-connectbest.language=de" })).toBe("en");
  expect(languageOfHeaders(undefined)).toBe("en");
});
