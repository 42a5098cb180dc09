import type { Browser } from "playwright-core";
import { launchBrowser, Visitor } from "./browser";
import { Person } from "./rest-client";
import { System } from "./system";

/** The product, a browser and those who look at it, for one file of tests. Closed as a whole. */
export class Stage {
  private readonly visitors = new Map<string, Visitor>();

  private constructor(
    readonly system: System,
    readonly browser: Browser,
  ) {}

  /** The first person administers the workspace, which changes what they may do: here that is nobody of the tests. */
  static async open(environment: Record<string, string> = {}): Promise<Stage> {
    const [system, browser] = await Promise.all([System.start(environment), launchBrowser()]);
    const stage = new Stage(system, browser);
    await stage.person("Olga Owner");
    return stage;
  }

  person(name: string): Promise<Person> {
    return Person.signUp(this.system, name);
  }

  /** A browser in which this person is signed in. */
  async enter(person: Person, more: Parameters<typeof Visitor.arrive>[2] = {}): Promise<Visitor> {
    const visitor = await Visitor.arrive(this.browser, this.system, more);
    this.visitors.set(`${person.me.username}-${this.visitors.size}`, visitor);
    await visitor.signIn(person.email, person.password);
    return visitor;
  }

  /** What every page looks like at the end of a test. */
  async photograph(): Promise<void> {
    const test = expect.getState().currentTestName?.replace(/\W+/g, "-").slice(0, 120) ?? "unnamed";
    for (const [who, visitor] of this.visitors)
      if (!visitor.page.isClosed()) await visitor.photograph(`${test}-${who}`);
  }

  /** What all pages complained of. */
  get complaints(): string[] {
    return [...this.visitors.values()].flatMap((visitor) => visitor.complaints);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.system.stop();
  }
}

/** The list of channels and messages at the left. */
export const sidebarOf = ({ page }: Visitor) => page.getByRole("navigation", { name: "Channels and messages" });

/** A line of the sidebar, whose name begins with that of the conversation. */
export const linkTo = (visitor: Visitor, name: string) =>
  sidebarOf(visitor).getByRole("link", { name: new RegExp(`^${name}(?= |$)`) });

/** What stands beside a conversation, by its title. */
export const panelOf = ({ page }: Visitor, title: string) => page.getByRole("complementary", { name: title });

/** The item of a menu that is open. */
export const menuItem = ({ page }: Visitor, name: string) => page.getByRole("menuitem", { name, exact: true });
