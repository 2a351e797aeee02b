import type { EvidenceReport } from "../../shared/verification.ts";
import { clean, reasonJson, reasonText } from "./render-words.ts";

const VERDICTS: Readonly<Record<EvidenceReport["verdict"], string>> = {
  passed: "PASSED",
  undecided: "UNDECIDED",
  failed: "FAILED",
};

const CHANGES: Readonly<Record<NonNullable<EvidenceReport["changesAfter"]>, string>> = {
  none: "none",
  allowed: "evidence and seals only",
  forbidden: "what was signed is not what the file shows now",
};

/** Person and seal as two things: what the one proves the other does not. */
export function evidenceLines(evidence: EvidenceReport, number: number): readonly string[] {
  const { document, pagesNow, person, provenTime, sealedBy, changesAfter, reasons } = evidence;
  const claimed = evidence.verdict === "passed" ? "" : " (claimed)";
  const rows: readonly (readonly [string, string])[] = [
    ["verdict", VERDICTS[evidence.verdict]],
    [`person${claimed}`, clean(person?.name ?? "unknown")],
    ["personal no.", clean(person?.personalNumber ?? "unknown")],
    ["BankID of", clean(person?.organisation ?? "unknown")],
    [`time${claimed}`, provenTime ?? "none"],
    ["is about", document === null ? "no beginning of this file" : aboutText(document, pagesNow)],
    ["changes after", changesAfter === null ? "unknown" : CHANGES[changesAfter]],
    ["sealed by", sealText(sealedBy)],
  ];
  return [
    `  evidence ${number} in "${clean(evidence.name)}"`,
    `     ${sentence(evidence)}`,
    ...rows.map(([label, value]) => `     ${label.padEnd(16)} ${value}`),
    ...reasons.map((reason) => `     - ${reasonText(reason)}`),
  ];
}

function sentence({ verdict, person, provenTime, sealedBy }: EvidenceReport): string {
  const seal = sealedBy === null ? undefined : clean(sealedBy.signer ?? "an unknown signer");
  if (verdict === "passed") {
    const by = `Signed with BankID (evidence) by ${clean(person?.name ?? "an unknown person")} at ${provenTime ?? "an unknown time"}`;
    return `${by}, ${seal === undefined ? "sealed by nobody" : `sealed by ${seal}`}.`;
  }
  const why = verdict === "failed" ? "No person is proven to have signed" : "Whether a person signed is not certain";
  return seal === undefined ? `${why}.` : `${why}. Seal by ${seal}; it proves nothing about a person.`;
}

function aboutText(
  { name, size, sha256, pages }: NonNullable<EvidenceReport["document"]>,
  pagesNow: number | null,
): string {
  const ofPages = pages === null || pagesNow === null ? "" : `, ${pages} of now ${pagesNow} pages`;
  return `"${clean(name)}", the first ${size} bytes${ofPages}, SHA-256 ${sha256}`;
}

const sealText = (seal: EvidenceReport["sealedBy"]): string =>
  seal === null
    ? "nobody"
    : `${clean(seal.signer ?? "unknown")} (signature ${seal.signature}, ${seal.indication}${seal.intact ? "" : ", not intact"})`;

/** Keys in the order that `docs/decisions/047` fixes. */
export function evidenceJson(report: EvidenceReport): object {
  const { kind, name, verdict, person, provenTime, document, pagesNow, changesAfter, sealedBy, reasons } = report;
  return {
    kind,
    name,
    verdict,
    person:
      person === null
        ? null
        : { name: person.name, personalNumber: person.personalNumber, organisation: person.organisation },
    provenTime,
    document:
      document === null
        ? null
        : { name: document.name, size: document.size, sha256: document.sha256, pages: document.pages },
    pagesNow,
    changesAfter,
    sealedBy:
      sealedBy === null
        ? null
        : {
            signature: sealedBy.signature,
            signer: sealedBy.signer,
            indication: sealedBy.indication,
            intact: sealedBy.intact,
          },
    reasons: reasons.map(reasonJson),
  };
}

/** A package's evidence and the document it was compared with, as one JSON object on one line. */
export const packageJson = (file: string, packageFile: string, evidence: EvidenceReport): string =>
  JSON.stringify({ file, package: packageFile, evidence: evidenceJson(evidence) });

/** The same in plain words. */
export const packageText = (file: string, packageFile: string, evidence: EvidenceReport): string =>
  [`${clean(file)} with ${clean(packageFile)}: ${VERDICTS[evidence.verdict]}`, ...evidenceLines(evidence, 1), ""].join(
    "\n",
  );
