import type { AppState } from "../../shared/app-state.ts";

type Listener = (patch: Partial<AppState>) => void;

/** The one snapshot of what main knows. Changes within one turn of the event loop are told together. */
export class StateStore {
  #state: AppState;
  #pending: Partial<AppState> | null = null;
  readonly #listeners = new Set<Listener>();

  constructor(initial: AppState) {
    this.#state = initial;
  }

  get current(): AppState {
    return this.#state;
  }

  update(patch: Partial<AppState>): void {
    this.#state = { ...this.#state, ...patch };
    if (this.#pending !== null) {
      this.#pending = { ...this.#pending, ...patch };
      return;
    }
    this.#pending = patch;
    setImmediate(() => {
      const told = this.#pending ?? {};
      this.#pending = null;
      for (const listener of this.#listeners) {
        listener(told);
      }
    });
  }

  /** Returns the function that stops listening. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
