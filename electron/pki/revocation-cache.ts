/** A loaded value with the time until which it may be used again; null: not at all. */
export interface Loaded<T> {
  readonly value: T;
  readonly validUntil: Date | null;
  /** For the limit on memory. */
  readonly bytes: number;
}

interface Kept {
  readonly value: unknown;
  readonly validUntil: Date;
  readonly bytes: number;
}

const MAXIMUM_BYTES = 128 * 1024 * 1024;
const MAXIMUM_ENTRIES = 500;

/**
 * Answers of responders and lists, kept in memory as long as they themselves say that they count. Questions asked at
 * the same time (a batch of documents by one signer) become one request. What failed is not kept.
 */
export class RevocationCache {
  readonly #kept = new Map<string, Kept>();
  readonly #loading = new Map<string, Promise<unknown>>();
  #bytes = 0;

  /** `key` must name one type of value. */
  async get<T>(key: string, now: Date, load: () => Promise<Loaded<T>>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.validUntil > now) {
      return kept.value as T;
    }
    const loading = (this.#loading.get(key) as Promise<T> | undefined) ?? this.#load(key, load);
    return loading;
  }

  #load<T>(key: string, load: () => Promise<Loaded<T>>): Promise<T> {
    const loading = load()
      .then((loaded) => {
        this.#keep(key, loaded);
        return loaded.value;
      })
      .finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  #keep(key: string, { value, validUntil, bytes }: Loaded<unknown>): void {
    this.#drop(key);
    if (validUntil === null || bytes > MAXIMUM_BYTES) {
      return;
    }
    this.#kept.set(key, { value, validUntil, bytes });
    this.#bytes += bytes;
    // The oldest go first: a Map keeps the order of insertion.
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= MAXIMUM_BYTES && this.#kept.size <= MAXIMUM_ENTRIES) {
        return;
      }
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
