import { connect } from "node:net";
import type { Document } from "bson";
import { BSON, Long } from "bson";

/** Sends one OP_MSG and reads its answer, without a driver in between. */
export async function rawCommandTo(port: number, database: string, command: Document): Promise<Document> {
  const numbered =
    command.txnNumber === undefined ? command : { ...command, txnNumber: Long.fromNumber(command.txnNumber as number) };
  const body = BSON.serialize({ ...numbered, $db: database });
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(2013, 12);
  const socket = connect(port, "127.0.0.1");
  socket.write(Buffer.concat([head, body]));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) {
    chunks.push(chunk as Buffer);
    const reply = Buffer.concat(chunks);
    if (reply.length >= 4 && reply.length >= reply.readInt32LE(0)) {
      socket.destroy();
      return BSON.deserialize(reply.subarray(21));
    }
  }
  throw new Error("the connection was closed");
}
