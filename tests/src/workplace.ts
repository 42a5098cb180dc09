import type { Channel } from "@connectbest/contract";
import type { Browser } from "playwright-core";
import { launchBrowser, Visitor } from "./browser";
import { Person } from "./rest-client";
import { System } from "./system";

/** The product, and two people in it with a channel of their own: each in a browser, and as a program beside it. */
export class Workplace {
  private constructor(
    readonly system: System,
    readonly browser: Browser,
    readonly ada: Visitor,
    readonly bob: Visitor,
    /** The accounts behind the browsers. */
    readonly accounts: { readonly ada: Person; readonly bob: Person },
    readonly channel: Channel & { name: string },
  ) {}

  /** Both stand in the channel `name` when it is done. */
  static async open(name = "team"): Promise<Workplace> {
    const [system, browser] = await Promise.all([System.start(), launchBrowser()]);
    const ada = await Person.signUp(system, "Ada Lovelace");
    const bob = await Person.signUp(system, "Bob Stone");
    const channel = { ...(await ada.createChannel(name, [bob])), name };
    const [adasBrowser, bobsBrowser] = await Promise.all(
      [ada, bob].map(async (person) => {
        const visitor = await Visitor.arrive(browser, system);
        await visitor.signIn(person.email, person.password);
        await visitor.page.goto(`/chat/${channel.id}`);
        await visitor.composer(name).waitFor();
        return visitor;
      }),
    );
    if (!adasBrowser || !bobsBrowser) throw new Error("Two came in, and not two are here.");
    return new Workplace(system, browser, adasBrowser, bobsBrowser, { ada, bob }, channel);
  }

  get visitors(): Visitor[] {
    return [this.ada, this.bob];
  }

  get complaints(): string[] {
    return this.visitors.flatMap(({ complaints }) => complaints);
  }

  /** What both see, for whoever looks into a failure. */
  async photograph(): Promise<void> {
    const name = expect.getState().currentTestName?.replace(/\W+/g, "-") ?? "unnamed";
    for (const [index, visitor] of this.visitors.entries()) await visitor.photograph(`${name}-${index}`);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.system.stop();
  }
}
