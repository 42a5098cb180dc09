import type { File as SentFile } from "@connectbest/contract";
import { sentenceOf } from "@/lib/api/api-error";
import type { RunningUpload } from "@/lib/api/upload";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import type { Upload } from "@/lib/chat/state";
import type { ChatStore } from "@/lib/chat/store";

/** How many files of one spot travel at the same time. */
const atOnce = 3;

export interface UploadsDependencies {
  store: ChatStore;
  upload(file: File, onProgress: (share: number) => void): RunningUpload;
  newId(): string;
}

/** Files on their way to a message that is being written. They travel on while one looks at another channel. */
export class Uploads {
  private readonly running = new Map<string, RunningUpload>();
  private readonly files = new Map<string, { file: File; spot: Spot }>();

  constructor(private readonly deps: UploadsDependencies) {}

  add(spot: Spot, files: readonly File[]): void {
    const uploads = files.map((file): Upload => {
      const id = this.deps.newId();
      this.files.set(id, { file, spot });
      const previewUrl = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
      return { id, name: file.name, size: file.size, previewUrl, progress: 0, failure: null, sent: null };
    });
    this.set(spot, (known) => [...known, ...uploads]);
    this.next(spot);
  }

  retry(spot: Spot, id: string): void {
    this.change(spot, id, { failure: null, progress: 0 });
    this.next(spot);
  }

  /** Stops it if it is under way; what has arrived the server clears away by itself. */
  remove(spot: Spot, id: string): void {
    this.running.get(id)?.cancel();
    this.running.delete(id);
    this.forget(this.of(spot).filter((upload) => upload.id === id));
    this.set(spot, (known) => known.filter((upload) => upload.id !== id));
    this.next(spot);
  }

  /** The files that have arrived, which now belong to a message. */
  take(spot: Spot): SentFile[] {
    const files = this.sentFiles(spot);
    this.forget(this.of(spot));
    this.set(spot, () => []);
    return files;
  }

  /** Files that were taken for what then did not succeed. */
  putBack(spot: Spot, files: readonly SentFile[]): void {
    const back = files.map((sent): Upload => {
      const { name, size } = sent;
      return { id: this.deps.newId(), name, size, previewUrl: null, progress: 1, failure: null, sent };
    });
    this.set(spot, (known) => [...back, ...known]);
  }

  /** The files that have arrived. */
  sentFiles = (spot: Spot): SentFile[] => this.of(spot).flatMap(({ sent }) => (sent ? [sent] : []));

  private of = (spot: Spot): readonly Upload[] => this.deps.store.get().uploads[spotKey(spot)] ?? [];

  private next(spot: Spot): void {
    const waiting = this.of(spot).filter(({ sent, failure }) => !sent && !failure);
    const free = atOnce - waiting.filter(({ id }) => this.running.has(id)).length;
    for (const { id } of waiting.filter((upload) => !this.running.has(upload.id)).slice(0, Math.max(0, free)))
      void this.run(spot, id);
  }

  private async run(spot: Spot, id: string): Promise<void> {
    const file = this.files.get(id)?.file;
    if (!file) return;
    const upload = this.deps.upload(file, (progress) => this.change(spot, id, { progress }));
    this.running.set(id, upload);
    try {
      this.change(spot, id, { sent: await upload.done, progress: 1 });
    } catch (error) {
      this.change(spot, id, { failure: sentenceOf(error) });
    }
    this.running.delete(id);
    this.next(spot);
  }

  private forget(uploads: readonly Upload[]): void {
    for (const { id, previewUrl } of uploads) {
      this.files.delete(id);
      if (previewUrl) URL.revokeObjectURL(previewUrl);
    }
  }

  private change(spot: Spot, id: string, change: Partial<Upload>): void {
    this.set(spot, (known) => known.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  private set(spot: Spot, next: (known: readonly Upload[]) => readonly Upload[]): void {
    this.deps.store.update((state) => ({
      ...state,
      uploads: { ...state.uploads, [spotKey(spot)]: next(state.uploads[spotKey(spot)] ?? []) },
    }));
  }
}
