import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../../../../../shared/providers/vectors/", import.meta.url);

/** IDnow's own examples lie beside the checkout; tests that need them are skipped where they do not. */
export const haveVectors = existsSync(folder);

export const vectorText = (name: string): string => readFileSync(new URL(`idnow-${name}.json`, folder), "utf8");
// Tests reach into examples freely.
// oxlint-disable-next-line typescript/no-explicit-any
export const vector = (name: string): any => JSON.parse(vectorText(name));
