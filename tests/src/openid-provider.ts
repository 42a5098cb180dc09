import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { freePorts } from "./ports";

interface OpenIdPerson {
  email: string;
  email_verified: boolean;
  name: string;
}

/** An OpenID provider in a process of its own (the library is an ES module), standing in for Google. */
export class OpenIdProvider {
  readonly clientId = "connectbest-tests";
  readonly clientSecret = "a-secret-between-the-two-of-us";
  #child: ChildProcess | undefined;

  private constructor(readonly port: number) {}

  static async prepare(): Promise<OpenIdProvider> {
    const [port] = await freePorts(1);
    return new OpenIdProvider(port ?? 0);
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What the system is to be started with. */
  get environment(): Record<string, string> {
    return {
      GOOGLE_CLIENT_ID: this.clientId,
      GOOGLE_CLIENT_SECRET: this.clientSecret,
      GOOGLE_ISSUER: this.issuer,
    };
  }

  /** @param web the frontend's address, to which people are sent back */
  async start(web: string): Promise<void> {
    const { port, clientId, clientSecret } = this;
    const settings = JSON.stringify({ port, clientId, clientSecret, redirectUri: `${web}/api/auth/callback/google` });
    const child = spawn(process.execPath, [path.join(__dirname, "openid-provider-main.mjs"), settings], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout.once("data", () => resolve());
      child.once("exit", (code) => reject(new Error(`The OpenID provider ended with ${code}.`)));
    });
  }

  /** Who the next browser to come is. */
  async expect(person: OpenIdPerson): Promise<void> {
    await fetch(`${this.issuer}/person`, { method: "PUT", body: JSON.stringify(person) });
  }

  stop(): void {
    this.#child?.kill();
  }
}
