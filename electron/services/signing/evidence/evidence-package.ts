import { zipSync } from "fflate";
import type { Zippable } from "fflate";
import { READ_ME_FILE } from "../../../evidence/bankid/evidence-file-names.ts";
import { writeEvidenceFiles } from "../../../evidence/bankid/evidence-files.ts";
import type { ManifestDocument } from "../../../evidence/bankid/manifest.ts";
import type { BankIdSigning } from "../../../providers/provider.ts";
import { packageReadMe } from "./package-read-me.ts";

/**
 * The package (.zip) that proves the signature of one document: the four files of the evidence, and how to check them. The
 * same evidence makes the same bytes.
 */
export function evidencePackage(signing: BankIdSigning, entry: ManifestDocument, practice: boolean): Uint8Array {
  const time = { mtime: zipTime(signing.report.signedAt) };
  const readMe = packageReadMe(signing, entry, practice);
  const contents: Zippable = { [READ_ME_FILE]: [new TextEncoder().encode(readMe), time] };
  for (const { name, bytes } of writeEvidenceFiles(signing)) {
    contents[name] = [bytes, time];
  }
  return zipSync(contents, { level: 9 });
}

/** Times in a .zip have no zone: these are the digits of UTC, wherever the package is made. From 1980 to 2099. */
function zipTime(signedAt: string | null): Date {
  const time = new Date(signedAt ?? Number.NaN);
  const year = time.getUTCFullYear();
  return year >= 1980 && year < 2100
    ? new Date(
        year,
        time.getUTCMonth(),
        time.getUTCDate(),
        time.getUTCHours(),
        time.getUTCMinutes(),
        time.getUTCSeconds(),
      )
    : new Date(1980, 0, 1);
}
