import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseCertificates } from "../../../electron/pki/certificate.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { FileReport } from "../../../shared/verification.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** Puts the sample contract (four pages, A4) into the folder. */
export async function contractIn(folder: string, name = "contract.pdf"): Promise<string> {
  const path = join(folder, name);
  await copyFile(join(root, "build", "assets", "sample-contract.pdf"), path);
  return path;
}

/** Everything in the folder, hidden files too: whatever a failed run has left behind shows up here. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}

/** The verifier's answer, with the practice root as the only anchor, and one for persons with BankID where it is given. */
export function reportOn(path: string, rootPem: string, bankIdRootPem = ""): Promise<FileReport> {
  return verifyFile(path, {
    trustAnchors: parseCertificates(Buffer.from(rootPem)),
    bankIdRoots: parseCertificates(Buffer.from(bankIdRootPem)),
  });
}
