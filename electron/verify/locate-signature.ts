import type { PdfFile } from "../pdf/pdf-file.ts";
import { checkByteRange, type Coverage, coverageOf, type SignedRange } from "./byte-range.ts";
import { failure, type Finding, note, notShown } from "./finding.ts";
import type { FoundSignature } from "./find-signatures.ts";
import { sameObject } from "./object-equality.ts";

/** A signature with the place and the range it covers, before anything cryptographic is done. */
export interface LocatedSignature {
  readonly found: FoundSignature;
  readonly objectOffset: number | undefined;
  readonly range: SignedRange | undefined;
  readonly coverage: Coverage | undefined;
  readonly findings: readonly Finding[];
}

export function locate(file: PdfFile, found: FoundSignature): LocatedSignature {
  const entry = found.holder === undefined ? undefined : file.entry(found.holder.num);
  const objectOffset = entry?.kind === "offset" ? entry.offset : undefined;
  const result = checkByteRange(file, found.dict, objectOffset);
  if (!result.ok) {
    return { found, objectOffset, range: undefined, coverage: undefined, findings: [result.finding] };
  }
  const coverage = coverageOf(file, result.range);
  const findings = [...coverage.findings, ...holderFindings(file, found, coverage, objectOffset)];
  return { found, objectOffset, range: result.range, coverage, findings };
}

/** E.5 rule 5: the dictionary as the signed revision has it is the dictionary as it is now. */
function holderFindings(
  file: PdfFile,
  { holder, dict, indirect, field, fields }: FoundSignature,
  coverage: Coverage,
  objectOffset: number | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  const place = { offset: objectOffset };
  if (fields > 1) {
    findings.push(
      failure("FORMAT_FAILURE", "signature.several-fields", `${fields} form fields share one signature.`, place),
    );
  }
  if (fields === 0) {
    findings.push(notShown("GENERIC", "signature.unreachable", "No form field leads to this signature.", place));
  }
  if (
    dict.duplicates.some((key) => ["ByteRange", "Contents", "SubFilter", "Filter", "Type", "Reference"].includes(key))
  ) {
    findings.push(
      failure("FORMAT_FAILURE", "signature.duplicate-key", "An entry of the signature is written twice.", place),
    );
  }
  if (!indirect) {
    findings.push(note("signature.direct", `The signature of "${field}" is written inside its field.`, place));
  }
  if (coverage.revision !== undefined && holder !== undefined) {
    const signedFile = file.atRevision(coverage.revision);
    const before = signedFile.fetch(holder);
    if (!sameObject({ file: signedFile, object: before }, { file, object: file.fetch(holder) })) {
      const message = "The signature's dictionary is not the one that was signed.";
      findings.push(failure("FORMAT_FAILURE", "signature.dictionary-changed", message, place));
    }
  }
  return findings;
}

/** Honest signatures lie one behind the other; ranges that end alike or share a gap are made to deceive. */
export function overlapFindings(located: LocatedSignature, all: readonly LocatedSignature[]): readonly Finding[] {
  const { range } = located;
  if (range === undefined) {
    return [];
  }
  const clash = all.find((other) => {
    if (other === located || other.range === undefined) {
      return false;
    }
    const [first, second] = other.range.end <= range.end ? [other.range, range] : [range, other.range];
    return first.end === second.end || second.gapStart < first.end;
  });
  const place = { offset: range.gapStart };
  return clash === undefined
    ? []
    : [
        failure(
          "FORMAT_FAILURE",
          "byte-range.overlap",
          "The byte ranges of two signatures overlap in a way that honest ones do not.",
          place,
        ),
      ];
}
