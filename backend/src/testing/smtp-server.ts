import { createServer, type AddressInfo, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { TLSSocket } from "node:tls";

interface Options {
  /** Offers STARTTLS, or with `isSecure` speaks TLS from the first byte. */
  certificate?: { key: string; cert: string };
  isSecure?: boolean;
  /** What it answers in place of its own answer, by the command's first word. */
  answers?: Record<string, string>;
  /** Takes connections and says nothing. */
  isSilent?: boolean;
}

/** A mail server of RFC 5321, as much of it as handing over a letter takes. */
export class SmtpServer {
  /** Each command line, and whether it came under TLS. */
  readonly commands: { line: string; isEncrypted: boolean }[] = [];
  readonly letters: string[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#accept(socket));

  private constructor(readonly options: Options) {}

  static async start(options: Options = {}): Promise<SmtpServer> {
    const server = new SmtpServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    if (this.options.isSilent) return;
    const stream = this.options.isSecure ? this.#encrypt(socket) : socket;
    stream.write("220 mail.test ESMTP\r\n");
    this.#converse(stream);
  }

  #encrypt(socket: Socket): TLSSocket {
    const secured = new TLSSocket(socket, { isServer: true, ...this.options.certificate });
    secured.on("error", () => undefined);
    return secured;
  }

  #converse(stream: Socket): void {
    const isEncrypted = stream instanceof TLSSocket;
    const lines = createInterface({ input: stream, crlfDelay: Infinity });
    let letter: string[] | undefined;
    lines.on("line", (line) => {
      if (letter) {
        if (line !== ".") return void letter.push(line.replace(/^\./, ""));
        this.letters.push(letter.join("\r\n"));
        letter = undefined;
        return void stream.write("250 2.0.0 taken\r\n");
      }
      this.commands.push({ line, isEncrypted });
      const [command = ""] = line.toUpperCase().split(/[ :]/);
      const answer = this.options.answers?.[command] ?? this.#answerTo(command, isEncrypted);
      stream.write(`${answer}\r\n`);
      if (command === "DATA" && answer.startsWith("3")) letter = [];
      if (command === "QUIT") stream.end();
      if (command === "STARTTLS" && answer.startsWith("2")) {
        lines.close();
        stream.removeAllListeners("data");
        this.#converse(this.#encrypt(stream));
      }
    });
  }

  #answerTo(command: string, isEncrypted: boolean): string {
    if (command === "EHLO") {
      const offers = this.options.certificate && !isEncrypted ? ["STARTTLS"] : ["AUTH PLAIN"];
      return ["mail.test", ...offers, "ENHANCEDSTATUSCODES"]
        .map((word, i) => `250${i < 2 ? "-" : " "}${word}`)
        .join("\r\n");
    }
    if (command === "STARTTLS") return this.options.certificate ? "220 2.0.0 go ahead" : "502 5.5.1 not here";
    if (command === "AUTH") return "235 2.7.0 welcome";
    if (command === "DATA") return "354 go on";
    return command === "QUIT" ? "221 2.0.0 bye" : "250 2.1.0 ok";
  }
}
