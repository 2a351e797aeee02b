import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { PadesLevel } from "../../../shared/verification.ts";
import { askInLines } from "./ask-in-lines.ts";

/** A Python that has pyHanko: the one named by SEALDESK_PYTHON, which `npm run test:interop` brings, or the system's. */
const python = process.env["SEALDESK_PYTHON"] ?? "python3";

export const hasPyHanko =
  spawnSync(python, ["-c", "import pyhanko.sign.validation.ades"], { timeout: 60_000 }).status === 0;
export const pyHankoNote = hasPyHanko
  ? ""
  : " (skipped: pyHanko is not here; npm run test:interop brings it where python3 can, or set SEALDESK_PYTHON)";

export interface PyHankoSignature {
  readonly field: string;
  /** By the AdES validation process of EN 319 102-1 that was asked. */
  readonly indication: string;
  readonly coverage: string;
  /** What came after, by pyHanko's own analysis of differences. */
  readonly changes: string;
  readonly docMdpOk: boolean;
}

export interface PyHankoAnswer {
  readonly id: string;
  readonly error?: string;
  readonly signatures: readonly PyHankoSignature[];
  readonly timestamps: readonly { readonly field: string; readonly coverage: string }[];
}

export interface PyHankoJob {
  readonly id: string;
  readonly path: string;
  readonly password?: string;
  readonly roots: readonly string[];
  readonly ocsp?: readonly string[];
  readonly crl?: readonly string[];
  /** The process to ask for each signature. */
  readonly levels: readonly ("B" | "T" | "LTA")[];
}

const script = (name: string): string => join(import.meta.dirname, "python", name);

/** One Python run for all jobs. */
export const askPyHanko = (jobs: readonly PyHankoJob[]): Promise<ReadonlyMap<string, PyHankoAnswer>> =>
  askInLines<PyHankoAnswer>(python, [script("pyhanko_judge.py")], jobs);

export interface PyHankoSigning {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly level: PadesLevel;
  readonly key: string;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly roots: readonly string[];
  readonly tsa: string;
  /** The permissions of a certification (ISO 32000-2 table 257), or null for an approval signature. */
  readonly docMdp: 1 | 2 | 3 | null;
}

/** Has pyHanko sign; a job that fails answers with an error. */
export const signWithPyHanko = (
  jobs: readonly PyHankoSigning[],
): Promise<ReadonlyMap<string, { readonly id: string; readonly error?: string }>> =>
  askInLines(python, [script("pyhanko_sign.py")], jobs);
