/**
 * The passwords of opened documents, by path, from the moment they were found right until the document is closed.
 *
 * SECURITY: this is the only place that keeps one. It is no part of the state that the window is told, of the journal, of a
 * setting or of an error, and it cannot be listed, serialised or inspected.
 */
export class DocumentPasswords {
  readonly #byPath = new Map<string, string>();

  get(path: string): string | undefined {
    return this.#byPath.get(path);
  }

  keep(path: string, password: string): void {
    this.#byPath.set(path, password);
  }

  /** A signed copy is encrypted as its original is, so the same password opens it. */
  share(from: string, to: string): void {
    const password = this.#byPath.get(from);
    if (password !== undefined) {
      this.#byPath.set(to, password);
    }
  }

  forget(path: string): void {
    this.#byPath.delete(path);
  }
}
