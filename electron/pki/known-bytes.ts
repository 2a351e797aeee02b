/** Longer ones are not kept: certificates and keys of honest people are shorter, and memory stays bounded. */
const LONGEST = 8 * 1024;

/**
 * Keeps what was made of some bytes, for the same bytes to come again: the files of a folder have few signers and fewer
 * authorities. Compares all bytes, so nothing can stand for anything else; what was not used for longest goes first.
 * What `make` throws is not kept. The copy that `make` gets is never changed, whatever becomes of the bytes that were given.
 */
export class KnownBytes<T> {
  readonly #most: number;
  readonly #make: (bytes: Uint8Array) => T;
  readonly #known = new Map<string, { readonly value: T }>();

  constructor(most: number, make: (bytes: Uint8Array) => T) {
    this.#most = most;
    this.#make = make;
  }

  of(bytes: Uint8Array): T {
    if (bytes.length > LONGEST) {
      return this.#make(bytes);
    }
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    const entry = this.#known.get(key) ?? { value: this.#make(Uint8Array.from(bytes)) };
    this.#known.delete(key);
    this.#known.set(key, entry);
    const oldest = this.#known.size > this.#most ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.#known.delete(oldest);
    }
    return entry.value;
  }
}
