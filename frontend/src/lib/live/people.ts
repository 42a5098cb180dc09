import type { User } from "@connectbest/contract";
import type { ChatStore } from "@/lib/chat/store";

export interface PeopleDependencies {
  store: ChatStore;
  load(id: string): Promise<User>;
}

/** Whoever is named somewhere without being described: asked for once. */
export class People {
  private readonly asked = new Set<string>();

  constructor(private readonly deps: PeopleDependencies) {}

  need(ids: readonly string[]): void {
    const known = this.deps.store.get().people;
    for (const id of ids)
      if (!known[id] && !this.asked.has(id)) {
        this.asked.add(id);
        void this.ask(id);
      }
  }

  private async ask(id: string): Promise<void> {
    try {
      const user = await this.deps.load(id);
      this.deps.store.update((state) => ({ ...state, people: { ...state.people, [id]: user } }));
    } catch {
      // Perhaps next time: until then they have no name here.
      this.asked.delete(id);
    }
  }
}
