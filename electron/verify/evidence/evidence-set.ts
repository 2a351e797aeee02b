import { EVIDENCE_FILE_NAMES, type EvidenceFileName } from "../../evidence/bankid/evidence-file-names.ts";
import {
  type EvidenceFilesProblem,
  MAXIMUM_EVIDENCE_BYTES,
  type ReadEvidence,
  readEvidenceFiles,
} from "../../evidence/bankid/evidence-files.ts";
import { isDict, isRef, isStream, type PdfDict } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { type Finding, failure } from "../finding.ts";
import { type AttachedFile, attachedFiles } from "./attached-files.ts";
import { evidenceNameOf, nameIn } from "./evidence-names.ts";

/** Evidence of one person as it lies in a file: four attachments that belong together. */
export interface EvidenceSet {
  /** From 1. */
  readonly number: number;
  /** Name of the file that is the truth. */
  readonly name: string;
  /** Index of the revision that added the files; undefined when they were not added together. */
  readonly revision: number | undefined;
  /** Object numbers of the file specifications. */
  readonly specifications: ReadonlySet<number>;
  /** Bytes by the names that they have in a package. */
  readonly files: ReadonlyMap<EvidenceFileName, Uint8Array>;
  /** Undefined: they cannot be read as evidence, and a finding says why. */
  readonly content: ReadEvidence | undefined;
  readonly findings: readonly Finding[];
}

const refused = (code: string, message: string): Finding => failure("GENERIC", `evidence.${code}`, message);

/** Evidence wherever the document's lists of attachments have it, by number. Throws `PdfProblem`. */
export function evidenceSets(file: PdfFile): readonly EvidenceSet[] {
  const bySet = new Map<number, Candidate[]>();
  for (const attached of attachedFiles(file)) {
    const claims = [...attached.names].flatMap((name) => evidenceNameOf(name) ?? []);
    for (const { set, file: name } of claims) {
      const others = bySet.get(set) ?? [];
      others.push({ name, attached });
      bySet.set(set, others);
    }
  }
  return [...bySet].toSorted(([a], [b]) => a - b).map(([number, candidates]) => readSet(file, number, candidates));
}

interface Candidate {
  readonly name: EvidenceFileName;
  readonly attached: AttachedFile;
}

function readSet(file: PdfFile, number: number, candidates: readonly Candidate[]): EvidenceSet {
  const findings: Finding[] = [];
  const files = new Map<EvidenceFileName, Uint8Array>();
  const revisions = new Set<number | undefined>();
  for (const name of EVIDENCE_FILE_NAMES) {
    const named = new Set(candidates.filter((one) => one.name === name).map(({ attached }) => attached));
    const [attached, ...others] = named;
    if (others.length > 0) {
      findings.push(refused("duplicate", `Several attachments are called "${nameIn(number, name)}".`));
    }
    if (attached === undefined) {
      continue;
    }
    findings.push(...placeFindings(attached, nameIn(number, name)));
    const bytes = readAttached(file, attached, nameIn(number, name), findings);
    if (bytes !== undefined) {
      files.set(name, bytes.bytes);
      revisions.add(bytes.revision);
      revisions.add(newestRevisionOf(file, attached.num));
    }
  }
  const [revision, ...more] = revisions;
  if (more.length > 0) {
    findings.push(refused("not-together", "The files of the evidence were not added to the document together."));
  }
  const content = readFiles(files, findings);
  return {
    number,
    name: nameIn(number, EVIDENCE_FILE_NAMES[0]),
    revision: more.length === 0 ? revision : undefined,
    specifications: new Set(candidates.flatMap(({ attached }) => attached.num ?? [])),
    files,
    content,
    findings,
  };
}

/** SECURITY: two programs must find the same file, whichever list and whichever of its names they go by. */
function placeFindings({ names, num, isNamed, isAssociated }: AttachedFile, name: string): readonly Finding[] {
  const findings: Finding[] = [];
  if (names.size > 1) {
    findings.push(refused("two-names", `The attachment "${name}" has another name at another place.`));
  }
  if (num === undefined || !isNamed || !isAssociated) {
    findings.push(
      refused("one-list", `The attachment "${name}" does not stand in both of the document's lists of attached files.`),
    );
  }
  return findings;
}

interface AttachedBytes {
  readonly bytes: Uint8Array;
  readonly revision: number | undefined;
}

function readAttached(
  file: PdfFile,
  { specification }: AttachedFile,
  name: string,
  findings: Finding[],
): AttachedBytes | undefined {
  const broken = (why: string): undefined => {
    findings.push(refused("unreadable", `The attachment "${name}" cannot be read: ${why}`));
    return undefined;
  };
  try {
    const bytes = bytesOf(file, specification);
    return typeof bytes === "string" ? broken(bytes) : bytes;
  } catch (error) {
    if (error instanceof PdfProblem) {
      return broken(error.message);
    }
    throw error;
  }
}

/** Or why it has none. Throws `PdfProblem`. */
function bytesOf(file: PdfFile, specification: PdfDict): AttachedBytes | string {
  const embedded = file.get(specification, "EF");
  if (!isDict(embedded) || specification.duplicates.length > 0 || embedded.duplicates.length > 0) {
    return "it holds no file, or more than one.";
  }
  const values = [...embedded.entries.values()];
  const [value] = values;
  // ISO 32000-2 table 43: /F and /UF, which programs choose between; /DOS, /Mac and /Unix are no more.
  const isOne = values.every((other) => isRef(other) && isRef(value) && other.num === value.num);
  const stream = file.resolve(value);
  if (!isOne || !isRef(value) || !isStream(stream) || isElsewhere(stream.dict)) {
    return "it holds no file, or more than one.";
  }
  const { data } = stream;
  if ((data.kind === "file" ? data.length : data.bytes.length) > MAXIMUM_EVIDENCE_BYTES) {
    return "it is larger than evidence ever is.";
  }
  return { bytes: file.streamBytes(stream), revision: newestRevisionOf(file, value.num) };
}

/** ISO 32000-2 table 5: the data of a stream may lie in another file. */
const isElsewhere = ({ entries, duplicates }: PdfDict): boolean =>
  duplicates.length > 0 || ["F", "FFilter", "FDecodeParms"].some((key) => entries.has(key));

/** Index of the revision that wrote an object last. */
function newestRevisionOf(file: PdfFile, num: number | undefined): number | undefined {
  const index = num === undefined ? -1 : file.revisions.findLastIndex(({ entries }) => entries.has(num));
  return index < 0 ? undefined : index;
}

function readFiles(files: ReadonlyMap<EvidenceFileName, Uint8Array>, findings: Finding[]): ReadEvidence | undefined {
  const read = readEvidenceFiles(files);
  if (read.ok) {
    return read.value;
  }
  findings.push(filesFinding(read.failure));
  return undefined;
}

/** What is wrong with the four files as such. */
export function filesFinding(problem: EvidenceFilesProblem): Finding {
  switch (problem.code) {
    case "missing":
      return refused("incomplete", `Of the evidence's four files "${problem.file}" is missing.`);
    case "too-large":
      return refused("too-large", "The evidence is larger than evidence ever is.");
    case "unreadable":
      return refused("malformed", `"${problem.file}" is not written the way that evidence is.`);
    case "differs":
      return refused("copy-differs", `"${problem.file}" says something else than the evidence that it is a copy of.`);
  }
}
