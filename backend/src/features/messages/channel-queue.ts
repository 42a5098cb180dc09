import type { ClientSession, Types } from "mongoose";
import { inTransaction } from "../../db/transaction";

/** Work on one channel. It never rejects: whoever asked for it is told by other ways. */
type Work<P> = (payloads: P[]) => Promise<void>;

interface Job {
  work: Work<unknown>;
  payload: unknown;
  /** Those of the same work that wait next to each other are done at once. */
  isShared: boolean;
}

/** The most jobs that are done at once. */
const batchSize = 100;

const queues = new Map<string, Job[]>();

function takeNext(queue: Job[]): Job[] {
  const [first] = queue;
  if (!first?.isShared) return queue.splice(0, 1);
  const end = queue.findIndex((job) => job.work !== first.work);
  return queue.splice(0, Math.min(batchSize, end === -1 ? queue.length : end));
}

async function drain(channelKey: string, queue: Job[]): Promise<void> {
  while (queue.length > 0) {
    const jobs = takeNext(queue);
    await jobs[0]?.work(jobs.map((job) => job.payload));
  }
  queues.delete(channelKey);
}

function enqueue(channelId: Types.ObjectId, job: Job): void {
  const channelKey = channelId.toHexString();
  const queue = queues.get(channelKey);
  if (queue) return void queue.push(job);
  const started = [job];
  queues.set(channelKey, started);
  void drain(channelKey, started);
}

/**
 * Work on a channel waits in line in each process: it never meets a conflict of its own making. What waits side by side for
 * the same `work` is handed to it at once. @param work never rejects
 */
export const enqueueShared = <P>(channelId: Types.ObjectId, work: Work<P>, payload: P): void =>
  enqueue(channelId, { work: work as Work<unknown>, payload, isShared: true });

/** Runs `work` in one transaction, in the channel's line. @throws whatever `work` throws, and unavailable */
export const inChannelOrder = <T>(
  channelId: Types.ObjectId,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) =>
    enqueue(channelId, {
      work: () => inTransaction(work).then(resolve, reject),
      payload: undefined,
      isShared: false,
    }),
  );
