export interface Notice {
  readonly id: number;
  readonly sentence: string;
  readonly tone: "neutral" | "danger";
  readonly action: { readonly label: string; act(): void } | null;
}

export interface NoticeOptions {
  tone?: Notice["tone"];
  action?: Notice["action"];
  /** How long it stands, in milliseconds. */
  lasts?: number;
}

const usual = 6_000;
/** More than these at once nobody reads. */
const most = 3;

/** Short sentences about what was done or did not work, shown over the page for a while. */
export class Notices {
  private list: readonly Notice[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  private last = 0;

  get = (): readonly Notice[] => this.list;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Answers its id, to take it away by. */
  say(sentence: string, { tone = "neutral", action = null, lasts = usual }: NoticeOptions = {}): number {
    const id = ++this.last;
    // What is said again is said once.
    const others = this.list.filter((notice) => notice.sentence !== sentence || action !== null);
    this.set([...others, { id, sentence, tone, action }].slice(-most));
    this.timers.set(
      id,
      setTimeout(() => this.dismiss(id), lasts),
    );
    return id;
  }

  dismiss(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.set(this.list.filter((notice) => notice.id !== id));
  }

  private set(list: readonly Notice[]): void {
    this.list = list;
    for (const listener of this.listeners) listener();
  }
}

/** One for the page. */
export const notices = new Notices();
