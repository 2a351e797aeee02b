import { formFields } from "../pdf/form-fields.ts";
import type { FormField } from "../pdf/form-fields.ts";
import { isArray, isDict, isName } from "../pdf/objects.ts";
import type { PdfDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { readFieldLock, readPermission } from "./field-lock.ts";
import type { FieldLock } from "./field-lock.ts";

/** A signature field that already has a value, with the limits that it puts on later changes. */
export interface EarlierSignature {
  readonly field: FormField;
  readonly dictionary: PdfDict;
  /** What the certification allows; null for an ordinary signature. */
  readonly certification: 1 | 2 | 3 | null;
  /** FieldMDP of the signature itself. */
  readonly lock: FieldLock | null;
  /** /P of the field's /Lock (ISO 32000-2 table 236), or of FieldMDP, where Acrobat repeats it. */
  readonly lockPermission: 1 | 2 | 3 | null;
  /** A document timestamp (ISO 32000-2 12.8.5): nobody's consent, only a proof of time. */
  readonly timestamp: boolean;
}

export interface SignatureFields {
  readonly all: readonly FormField[];
  readonly signed: readonly EarlierSignature[];
  readonly empty: readonly FormField[];
  /** The strictest DocMDP level in force, or null. */
  readonly certification: 1 | 2 | 3 | null;
  /** The same, with what the /P of locks takes away (ISO 32000-2 table 236: "can be denied but not added"). */
  readonly permission: 1 | 2 | 3 | null;
}

/** Reads the form once. Throws PdfProblem. */
export function readSignatureFields(file: PdfFile): SignatureFields {
  const all = formFields(file);
  const signed: EarlierSignature[] = [];
  const empty: FormField[] = [];
  for (const field of all.filter(isSignatureField)) {
    const value = file.resolve(field.value);
    if (isDict(value)) {
      signed.push(readSignature(file, field, value));
    } else {
      empty.push(field);
    }
  }
  const certification = strictest([certificationOfCatalog(file), ...signed.map((earlier) => earlier.certification)]);
  const permission = strictest([certification, ...signed.map((earlier) => earlier.lockPermission)]);
  return { all, signed, empty, certification, permission };
}

const strictest = (levels: readonly (1 | 2 | 3 | null)[]): 1 | 2 | 3 | null =>
  ([1, 2, 3] as const).find((level) => levels.includes(level)) ?? null;

const isSignatureField = (field: FormField): boolean => field.type === "Sig";

function readSignature(file: PdfFile, field: FormField, dictionary: PdfDict): EarlierSignature {
  const lock = file.get(field.dict, "Lock");
  const fieldMdp = transformParameters(file, dictionary, "FieldMDP");
  return {
    field,
    dictionary,
    certification: certificationOf(file, dictionary),
    lock: fieldMdp.map((params) => readFieldLock(file, params))[0] ?? null,
    lockPermission: strictest([
      isDict(lock) ? readPermission(file, lock) : null,
      ...fieldMdp.map((params) => readPermission(file, params)),
    ]),
    timestamp: isName(file.get(dictionary, "SubFilter"), "ETSI.RFC3161"),
  };
}

/** ISO 32000-2 12.8.6: the certification signature stands in the catalog's /Perms. */
function certificationOfCatalog(file: PdfFile): 1 | 2 | 3 | null {
  const perms = file.get(file.catalog, "Perms");
  const signature = isDict(perms) ? file.get(perms, "DocMDP") : null;
  return isDict(signature) ? (certificationOf(file, signature) ?? 2) : null;
}

function certificationOf(file: PdfFile, signature: PdfDict): 1 | 2 | 3 | null {
  const [params] = transformParameters(file, signature, "DocMDP");
  // ISO 32000-2 table 257: the default is 2.
  return params === undefined ? null : (readPermission(file, params) ?? 2);
}

/** /TransformParams of the signature's references with this method; an empty dictionary where they are missing. */
function transformParameters(file: PdfFile, signature: PdfDict, method: string): readonly PdfDict[] {
  const references = file.get(signature, "Reference");
  if (!isArray(references)) {
    return [];
  }
  return references
    .map((entry) => file.resolve(entry))
    .filter(isDict)
    .filter((reference) => isName(file.get(reference, "TransformMethod"), method))
    .map((reference) => file.get(reference, "TransformParams"))
    .map((params) => (isDict(params) ? params : NO_PARAMETERS));
}

const NO_PARAMETERS: PdfDict = { kind: "dict", entries: new Map(), duplicates: [] };
