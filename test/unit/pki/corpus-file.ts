import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Test material beside the checkout; tests that need it are skipped with a message when it is absent. */
const SHARED = fileURLToPath(new URL("../../../../shared/", import.meta.url));

export const hasCorpus = existsSync(`${SHARED}corpus/pki`);
export const hasVectors = existsSync(`${SHARED}providers/vectors`);

export const corpusNote = hasCorpus ? "" : " (skipped: ../shared/corpus is not there)";
export const vectorsNote = hasVectors ? "" : " (skipped: ../shared/providers/vectors is not there)";

export const corpusFile = (name: string): Uint8Array => new Uint8Array(readFileSync(`${SHARED}corpus/pki/${name}`));
export const vectorFile = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(`${SHARED}providers/vectors/${name}`));
