import { readFile } from "node:fs/promises";
import { parseCertificates } from "../electron/pki/certificate.ts";
import type { Certificate } from "../electron/pki/certificate.ts";
import { UsageError } from "./exit-status.ts";

/** Reads the files of `--trust`, or of another option: PEM with one or more certificates, or one in DER. */
export async function readTrustAnchors(
  paths: readonly string[],
  option: "--trust" | "--bankid-root" = "--trust",
): Promise<readonly Certificate[]> {
  const anchors: Certificate[] = [];
  for (const path of paths) {
    const found = await certificatesIn(path, option);
    if (found.length === 0) {
      throw new UsageError(`${option} ${path}: no certificate in this file`);
    }
    anchors.push(...found);
  }
  return anchors;
}

async function certificatesIn(path: string, option: string): Promise<readonly Certificate[]> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    throw new UsageError(`${option} ${path}: the file cannot be read`);
  }
  try {
    return parseCertificates(bytes);
  } catch {
    return [];
  }
}

const CERTIFICATE_FILE = /\.(?:pem|crt|cer|der)$/iu;

/** `--trust a.pem b.pem file.pdf` names two certificates: turns it into `--trust a.pem --trust b.pem file.pdf`. */
export function spreadTrust(argv: readonly string[]): readonly string[] {
  const spread: string[] = [];
  let inTrust = false;
  for (const [index, argument] of argv.entries()) {
    const isValue = argv[index - 1] === "--trust";
    if (inTrust && !isValue && CERTIFICATE_FILE.test(argument)) {
      spread.push("--trust", argument);
      continue;
    }
    inTrust = argument === "--trust" || isValue;
    spread.push(argument);
  }
  return spread;
}
