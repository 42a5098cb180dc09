/** Thrown inside a command that must wait until a transaction has ended. */
export class LockedByTransaction extends Error {
  constructor(readonly ended: Promise<void>) {
    super("A transaction holds a key this command writes.");
  }
}

interface Holder {
  ended: Promise<void>;
  end: () => void;
}

/** Which open transaction wrote which key. */
export class LockTable {
  private readonly owners = new Map<string, object>();
  private readonly holders = new Map<object, Holder>();

  /** False when another transaction holds the key. */
  take(key: string, owner: object): boolean {
    const holder = this.owners.get(key);
    if (holder && holder !== owner) return false;
    this.owners.set(key, owner);
    if (!this.holders.has(owner)) {
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      this.holders.set(owner, { ended, end });
    }
    return true;
  }

  /** @throws LockedByTransaction when the key is held. */
  assertFree(key: string): void {
    if (!this.owners.size) return;
    const owner = this.owners.get(key);
    const holder = owner && this.holders.get(owner);
    if (holder) throw new LockedByTransaction(holder.ended);
  }

  release(owner: object, keys: Iterable<string>): void {
    for (const key of keys) if (this.owners.get(key) === owner) this.owners.delete(key);
    this.holders.get(owner)?.end();
    this.holders.delete(owner);
  }
}
