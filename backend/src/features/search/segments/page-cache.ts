/** Keeps what never changes and was used last, up to so many bytes. */
export class PageCache {
  readonly #pages = new Map<string, Buffer>();
  #bytes = 0;

  constructor(readonly limit: number) {}

  get(id: string): Buffer | undefined {
    const page = this.#pages.get(id);
    if (page) {
      this.#pages.delete(id);
      this.#pages.set(id, page);
    }
    return page;
  }

  set(id: string, page: Buffer): void {
    if (this.#pages.has(id)) return;
    this.#pages.set(id, page);
    this.#bytes += page.length;
    for (const [oldest, { length }] of this.#pages) {
      if (this.#bytes <= this.limit) return;
      this.#pages.delete(oldest);
      this.#bytes -= length;
    }
  }
}
