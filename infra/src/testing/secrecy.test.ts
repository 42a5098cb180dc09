import { parts, stages, textOf, type Stage } from "./templates";

const sender: Record<Stage, string> = {
  production: "no-reply@chat.example.com",
  staging: "no-reply@chat-staging.example.com",
  full: "no-reply@example.org",
  bare: "no-reply@example.net",
};

describe.each(stages.flatMap((stage) => parts.map((part) => [stage, part] as const)))("%s %s", (stage, part) => {
  const text = () => textOf(stage, part);

  it("holds no account's number, but in what the stage's settings name", () => {
    const numbers = [...text().matchAll(/(?<![\w-])\d{12}(?![\w-])/g)].map(([number]) => number);
    // The tests' own certificates.
    expect(numbers.filter((number) => number !== "111122223333")).toEqual([]);
  });

  it("holds no mail address but the sender's and, where there is one, that for push services", () => {
    const addresses = [...text().matchAll(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g)].map(([address]) => address);
    expect(addresses.filter((address) => address !== sender[stage] && address !== "operator@example.org")).toEqual([]);
  });

  it("holds no address of a network but its own and everybody's", () => {
    const addresses = [...text().matchAll(/\b\d{1,3}(\.\d{1,3}){3}(\/\d+)?\b/g)].map(([address]) => address);
    expect(
      addresses.filter((address) => !/^(10\.0\.|0\.0\.0\.0\/0$|127\.0\.0\.1$|255\.255\.255\.255\/32$)/.test(address)),
    ).toEqual([]);
  });

  it("holds no secret: none resolved, none that looks like one, no address of a database", () => {
    expect(text()).not.toMatch(/\{\{resolve:/);
    expect(text()).not.toMatch(/mongodb(\+srv)?:\/\//);
    expect(text()).not.toMatch(/-----BEGIN|AKIA[0-9A-Z]{16}|ghp_\w{36}/);
    const environment = [...text().matchAll(/"Name": "(\w*(?:SECRET|PASSWORD|KEY|TOKEN|URI)\w*)",\s+"Value"/g)];
    expect(environment.map(([, name]) => name)).toEqual([]);
  });
});
