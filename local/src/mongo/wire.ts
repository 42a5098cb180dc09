import type { Doc } from "./bson/values";
import { decode } from "./bson/decode";
import { encode } from "./bson/encode";
import { CommandError } from "./errors";

// Wire protocol (MongoDB specification "OP_MSG", and OP_QUERY of the first hello): little-endian header of 16 bytes:
// length, request id, response to, opcode.
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const headerBytes = 16;
/** Largest message, in bytes; announced by hello. */
export const maxMessageBytes = 48_000_000;

const checksumPresent = 1;
const moreToCome = 2;

/** A command as it came: its document, and the documents that were sent beside it, still encoded. */
export interface Request {
  command: Doc;
  payloads: ReadonlyMap<string, Buffer[]>;
  /** The client wants no answer (write concern 0). */
  silent: boolean;
  respond(reply: Doc | Buffer): Buffer[];
}

let nextRequestId = 1;

function header(bodyBytes: number, extraBytes: number, responseTo: number, opcode: number): Buffer {
  const head = Buffer.alloc(headerBytes + extraBytes);
  head.writeInt32LE(head.length + bodyBytes, 0);
  head.writeInt32LE(nextRequestId++ & 0x7fffffff, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(opcode, 12);
  return head;
}

const bodyOf = (reply: Doc | Buffer): Buffer => (Buffer.isBuffer(reply) ? reply : encode(reply));

function parseQuery(message: Buffer, requestId: number): Request {
  const end = message.indexOf(0, 20);
  const command = decode(message.subarray(end + 9));
  const query = command.$query as Doc | undefined;
  return {
    command: { ...(query ?? command), $db: message.toString("utf8", 20, end).split(".")[0] },
    payloads: new Map(),
    silent: false,
    respond(reply) {
      const body = bodyOf(reply);
      const head = header(body.length, 20, requestId, opReply);
      head.writeInt32LE(8, 16); // AwaitCapable
      head.writeInt32LE(1, 32); // one document
      return [head, body];
    },
  };
}

function readSequence(message: Buffer, start: number, end: number): [string, Buffer[]] {
  const nameEnd = message.indexOf(0, start);
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < end;) {
    const length = message.readInt32LE(at);
    if (length < 5 || at + length > end) throw new CommandError(22, "Invalid BSON in a document sequence");
    documents.push(message.subarray(at, at + length));
    at += length;
  }
  return [message.toString("utf8", start, nameEnd), documents];
}

function parseMsg(message: Buffer, requestId: number): Request {
  const flags = message.readUInt32LE(headerBytes);
  const end = message.length - (flags & checksumPresent ? 4 : 0);
  let command: Doc | undefined;
  const payloads = new Map<string, Buffer[]>();
  for (let at = headerBytes + 4; at < end;) {
    const kind = message[at++];
    const length = message.readInt32LE(at);
    if (kind === 0) command = decode(message.subarray(at, at + length));
    else if (kind === 1) {
      const [name, documents] = readSequence(message, at + 4, at + length);
      payloads.set(name, documents);
    } else throw new CommandError(9, `Unknown section kind ${kind}`);
    at += length;
  }
  if (!command) throw new CommandError(9, "OP_MSG without a body");
  return {
    command,
    payloads,
    silent: (flags & moreToCome) !== 0,
    respond(reply) {
      const body = bodyOf(reply);
      return [header(body.length, 5, requestId, opMsg), body]; // flags 0, one section of kind 0
    },
  };
}

/** Reads a message. @throws Error for opcodes MongoDB no longer has; the connection is closed then, as MongoDB does. */
export function parseMessage(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === opMsg) return parseMsg(message, requestId);
  if (opcode === opQuery) return parseQuery(message, requestId);
  throw new Error(`Unsupported opcode ${opcode}`);
}

/** Cuts a stream of bytes into messages. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private buffered = 0;

  /** @throws RangeError for an impossible length. */
  *push(bytes: Buffer): Generator<Buffer> {
    this.chunks.push(bytes);
    this.buffered += bytes.length;
    while (this.buffered >= headerBytes) {
      let whole = this.joined(headerBytes);
      const length = whole.readInt32LE(0);
      if (length < headerBytes || length > maxMessageBytes) throw new RangeError(`message of ${length} bytes`);
      if (this.buffered < length) return;
      whole = this.joined(length);
      this.chunks = whole.length === length ? [] : [whole.subarray(length)];
      this.buffered -= length;
      yield whole.subarray(0, length);
    }
  }

  /** The first chunk, after joining it with the others when it is shorter than asked for. */
  private joined(bytes: number): Buffer {
    const [first] = this.chunks;
    if (first && first.length >= bytes) return first;
    const whole = Buffer.concat(this.chunks);
    this.chunks = [whole];
    return whole;
  }
}
