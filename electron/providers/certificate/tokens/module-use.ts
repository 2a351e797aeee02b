import { Cryptoki } from "./cryptoki.ts";

interface LoadedModule {
  readonly cryptoki: Promise<Cryptoki>;
  users: number;
  /** Initialising and finalising one after the other. */
  turn: Promise<void>;
}

const loaded = new Map<string, LoadedModule>();

/**
 * Does `work` with the module initialised. It is finalised behind the last user, so that nobody else's card stays
 * locked, and a stick that was put in later is seen at the next use. Rejects with `ModuleUnusable` or `CryptokiError`.
 */
export async function withModule<T>(path: string, work: (cryptoki: Cryptoki) => Promise<T>): Promise<T> {
  const module = loaded.get(path) ?? { cryptoki: Cryptoki.load(path), users: 0, turn: Promise.resolve() };
  loaded.set(path, module);
  let cryptoki: Cryptoki;
  try {
    cryptoki = await module.cryptoki;
  } catch (error) {
    // The card's software may be installed before the next try.
    loaded.delete(path);
    throw error;
  }
  await inTurn(module, async () => {
    if (module.users === 0) {
      await cryptoki.initialize();
    }
    module.users += 1;
  });
  try {
    return await work(cryptoki);
  } finally {
    await inTurn(module, async () => {
      module.users -= 1;
      if (module.users === 0) {
        await cryptoki.finalize();
      }
    });
  }
}

function inTurn(module: LoadedModule, step: () => Promise<void>): Promise<void> {
  const next = module.turn.then(step);
  module.turn = next.catch(() => undefined);
  return next;
}
