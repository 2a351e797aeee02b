import { lstatSync } from "node:fs";

/** Is anything there under this name? A link that leads nowhere counts: it cannot be written over either. */
export function nameTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
