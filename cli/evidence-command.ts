import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openFileSource } from "../electron/pdf/file-source.ts";
import { openOptions, openPdf } from "../electron/pdf/open-pdf.ts";
import { PdfProblem } from "../electron/pdf/pdf-problem.ts";
import { nameTaken } from "../electron/services/documents/name-taken.ts";
import { nameIn } from "../electron/verify/evidence/evidence-names.ts";
import { type EvidenceSet, evidenceSets } from "../electron/verify/evidence/evidence-set.ts";
import { verifyPackage } from "../electron/verify/evidence/verify-package.ts";
import { packageJson, packageText } from "../electron/verify/render-evidence.ts";
import { workLimit } from "../electron/verify/work-limit.ts";
import { readBankIdRoots } from "./bankid-roots.ts";
import { documentPassword } from "./document-password.ts";
import { EXIT } from "./exit-status.ts";
import { ownPolicy } from "./own-policy-place.ts";
import { timeOf } from "./time-argument.ts";
import { tellMalformed } from "./trust-under-policy.ts";

/** As the command line gives them. */
export interface EvidenceVerifyArguments {
  readonly json: boolean;
  readonly bankidRoot: readonly string[];
  readonly at?: string;
  readonly documentPasswordEnv?: string;
}

export interface EvidenceSurroundings {
  readonly data: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
}

/** `sealdesk evidence verify`: exit status 0 only when the package proves that a person signed the document. */
export async function evidenceVerifyCommand(
  packagePath: string,
  document: string,
  { json, bankidRoot, at, documentPasswordEnv }: EvidenceVerifyArguments,
  { data, environment, print, tell }: EvidenceSurroundings,
): Promise<number> {
  const policy = await ownPolicy(environment);
  tellMalformed(policy, tell);
  const report = await verifyPackage(packagePath, document, {
    bankIdRoots: await readBankIdRoots(bankidRoot, data, policy),
    now: timeOf(at),
    options: openOptions(documentPassword(documentPasswordEnv, environment)),
  });
  print(json ? packageJson(document, packagePath, report) : packageText(document, packagePath, report));
  return report.verdict === "passed" ? EXIT.good : EXIT.notAllGood;
}

export interface EvidenceExtractArguments {
  readonly documentPasswordEnv?: string;
}

/** `sealdesk evidence extract`: writes the evidence that a PDF file carries into a folder, over nothing that is there. */
export async function evidenceExtractCommand(
  document: string,
  folder: string,
  { documentPasswordEnv }: EvidenceExtractArguments,
  { environment, print, tell }: EvidenceSurroundings,
): Promise<number> {
  const sets = setsOf(document, documentPassword(documentPasswordEnv, environment));
  if (typeof sets === "string") {
    tell(`sealdesk: ${document}: ${sets}`);
    return EXIT.notAllGood;
  }
  const spoiled = sets.find(({ content }) => content === undefined);
  if (sets.length === 0 || spoiled !== undefined) {
    const why = spoiled?.findings[0]?.message ?? "The file carries no evidence.";
    tell(`sealdesk: ${document}: ${why}`);
    return EXIT.notAllGood;
  }
  const files = sets.flatMap(({ number, files: ofSet }) =>
    [...ofSet].map(([name, bytes]) => ({ path: join(folder, nameIn(number, name)), bytes })),
  );
  try {
    await mkdir(folder, { recursive: true });
    const taken = files.find(({ path }) => nameTaken(path));
    if (taken !== undefined) {
      tell(`sealdesk: ${taken.path}: there is such a file already; nothing was written`);
      return EXIT.notAllGood;
    }
    for (const { path, bytes } of files) {
      await writeFile(path, bytes, { flag: "wx" });
      print(path);
    }
    return EXIT.good;
  } catch {
    tell(`sealdesk: ${folder}: cannot be written into`);
    return EXIT.notAllGood;
  }
}

/** A sentence when the file cannot be read. */
function setsOf(path: string, password: string | undefined): readonly EvidenceSet[] | string {
  try {
    const source = openFileSource(path, workLimit);
    try {
      return evidenceSets(openPdf(source, openOptions(password)));
    } finally {
      source.close();
    }
  } catch (error) {
    return error instanceof PdfProblem ? error.message : "The file cannot be read.";
  }
}
