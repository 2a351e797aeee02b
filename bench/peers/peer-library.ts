import { createRequire } from "node:module";
import { join } from "node:path";

/** Loads a library from the folder that the bench installed the peers into, which is the working folder. */
export function peerLibrary(name: string): unknown {
  const load = createRequire(join(process.cwd(), "package.json")) as (id: string) => unknown;
  return load(name);
}
