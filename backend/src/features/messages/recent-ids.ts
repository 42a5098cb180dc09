/** A set that remembers so many, and forgets the one that came in first. */
export class RecentIds {
  readonly #ids = new Set<string>();

  constructor(readonly limit: number) {}

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  delete(id: string): void {
    this.#ids.delete(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size <= this.limit) return;
    const [oldest] = this.#ids;
    if (oldest !== undefined) this.#ids.delete(oldest);
  }
}
