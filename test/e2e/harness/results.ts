import { copyFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { parseCertificates } from "../../../electron/pki/certificate.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { FileReport } from "../../../shared/verification.ts";
import type { Person } from "../../../tools/demo/person.ts";

const sample = join(import.meta.dirname, "..", "..", "..", "build", "assets", "sample-contract.pdf");

/** Puts the sample contract (four pages, A4) into the folder. */
export async function contractIn(folder: string, name = "contract.pdf"): Promise<string> {
  const path = join(folder, name);
  await copyFile(sample, path);
  return path;
}

/** Opens the sample contract from the folder, and waits for its pages. */
export async function openContract(person: Person, folder: string): Promise<void> {
  await person.open(await contractIn(folder));
  await person.seesPages();
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

/** The contract has one valid signed copy beside it, which begins with the untouched original; nothing else is there. */
export async function expectSignedCopy(folder: string, rootPem: string): Promise<FileReport> {
  expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
  const path = join(folder, "contract-signed.pdf");
  const report = await reportOn(path, rootPem);
  expect(report.verdict).toBe("TOTAL-PASSED");
  const original = await readFile(join(folder, "contract.pdf"));
  expect(original.equals(await readFile(sample))).toBe(true);
  const signed = await readFile(path);
  expect(signed.subarray(0, original.length).equals(original)).toBe(true);
  return report;
}
