import { copyFile, mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { writeImageDocument, writeTextDocument } from "./documents.ts";
import { readLocalSigner, signLocally } from "./sign-locally.ts";
import type { Credentials } from "./credentials.ts";

export interface MixedFiles {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  /** How many of them are other people's. */
  readonly fromOthers: number;
}

/**
 * Signed files for a verifier, spread evenly over folders: small ones that we sign here, every third of them twice, and,
 * when there is a folder of other people's valid files, one of those in each five.
 */
export async function writeMixedFiles(
  work: string,
  wanted: { readonly count: number; readonly folders: number; readonly others: string },
  credentials: Credentials,
): Promise<MixedFiles> {
  const bases = await writeBases(work);
  const signer = await readLocalSigner(credentials.keyDer, credentials.certificateDer);
  const others = await pdfFilesOf(wanted.others);
  const folders = Array.from({ length: wanted.folders }, (_, index) => join(work, `folder-${index}`));
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
  }
  const files: string[] = [];
  let fromOthers = 0;
  for (let index = 0; index < wanted.count; index += 1) {
    const file = join(folders[index % folders.length] ?? work, `${String(index).padStart(5, "0")}.pdf`);
    const other = index % 5 === 4 ? others[Math.floor(index / 5) % Math.max(1, others.length)] : undefined;
    if (other !== undefined) {
      await copyFile(other, file);
      fromOthers += 1;
    } else {
      await signLocally(bases[index % bases.length] ?? "", file, signer);
      if (index % 3 === 0) {
        await signLocally(file, `${file}.twice`, signer);
        await rename(`${file}.twice`, file);
      }
    }
    files.push(file);
  }
  return { folders, files, fromOthers };
}

async function writeBases(work: string): Promise<readonly string[]> {
  const folder = join(work, "bases");
  await mkdir(folder, { recursive: true });
  const path = (name: string): string => join(folder, name);
  await writeTextDocument(path("letter.pdf"), 2);
  await writeTextDocument(path("contract.pdf"), 40);
  await writeImageDocument(path("picture.pdf"), 50_000);
  await writeImageDocument(path("scan.pdf"), 300_000);
  return ["letter.pdf", "contract.pdf", "picture.pdf", "scan.pdf"].map(path);
}

async function pdfFilesOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(".pdf"))
    .sort()
    .map((name) => join(folder, name));
}
