import type { AppState } from "../../../shared/app-state.ts";

/** What the fake answers; JSON, because it crosses into the page. */
export interface BridgeScript {
  readonly state: AppState;
  /** Answers of commands by name; a command without one answers null. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Which served PDF stands for which document. */
  readonly pdfFiles: Readonly<Record<string, string>>;
}

/** What tests reach of the fake in the page. */
export interface FakeControls {
  readonly calls: { readonly name: string; readonly argument: unknown }[];
  change(slices: Partial<AppState>): void;
  menu(command: string): void;
  answer(name: string, value: unknown): void;
}

/**
 * Runs in the page before the window's own code, in the place of the preload. It holds no logic of the program: it plays the given
 * state, records what is asked and answers from the script. Self-contained, because only its source text crosses.
 */
export function installFakeBridge(script: BridgeScript): void {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const calls: { name: string; argument: unknown }[] = [];
  const answers: Record<string, unknown> = { ...script.answers };
  let state = script.state;
  const emit = (name: string, payload: unknown): void => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  };
  const isFailure = (value: unknown): value is { failure: unknown } =>
    typeof value === "object" && value !== null && "failure" in value;
  const invoke = async (name: string, argument: unknown): Promise<unknown> => {
    if (name === "documents.readRange") {
      const { document, begin, end } = argument as { document: string; begin: number; end: number };
      const response = await fetch(`/harness-pdf/${script.pdfFiles[document]}`, {
        headers: { range: `bytes=${begin}-${end - 1}` },
      });
      return { ok: true, value: new Uint8Array(await response.arrayBuffer()) };
    }
    calls.push({ name, argument });
    if (name === "state.get") return { ok: true, value: state };
    const value = answers[name] ?? null;
    return isFailure(value) ? { ok: false, failure: value.failure } : { ok: true, value };
  };
  const controls: FakeControls = {
    calls,
    change: (slices) => {
      state = { ...state, ...slices };
      emit("state.changed", slices);
    },
    menu: (command) => emit("menu.invoked", command),
    answer: (name, value) => {
      answers[name] = value;
    },
  };
  const bridge = {
    invoke,
    on: (name: string, listener: (payload: unknown) => void) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
    openFiles: (files: readonly unknown[]) => invoke("documents.openDropped", { count: files.length }),
  };
  Object.assign(globalThis, { sealdesk: bridge, fakeBridge: controls });
}
