import { spawnSync } from "node:child_process";
import {
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  isString,
  numberOf,
  type PdfDict,
  type PdfObject,
  refKey,
} from "../../../../electron/pdf/objects.ts";
import type { PdfFile } from "../../../../electron/pdf/pdf-file.ts";

export interface EncryptionKind {
  readonly title: string;
  readonly algorithm: "RC4" | "AES-128" | "AES-256";
  /** Arguments of `qpdf --encrypt user owner …`. */
  readonly options: readonly string[];
}

/** Every way in which qpdf can encrypt. */
export const KINDS: readonly EncryptionKind[] = [
  { title: "RC4 of 40 bits", algorithm: "RC4", options: ["40"] },
  { title: "RC4 of 128 bits", algorithm: "RC4", options: ["128", "--use-aes=n"] },
  { title: "RC4 in a crypt filter", algorithm: "RC4", options: ["128", "--use-aes=n", "--force-V4"] },
  { title: "AES-128", algorithm: "AES-128", options: ["128", "--use-aes=y"] },
  {
    title: "AES-128 with plain metadata",
    algorithm: "AES-128",
    options: ["128", "--use-aes=y", "--cleartext-metadata"],
  },
  { title: "AES-256 of revision 5", algorithm: "AES-256", options: ["256", "--force-R5"] },
  { title: "AES-256", algorithm: "AES-256", options: ["256"] },
  { title: "AES-256 with plain metadata", algorithm: "AES-256", options: ["256", "--cleartext-metadata"] },
];

export interface Passwords {
  readonly user: string;
  readonly owner: string;
}

export function encryptWithQpdf(
  source: string,
  target: string,
  kind: EncryptionKind,
  { user, owner }: Passwords,
  further: readonly string[] = [],
): void {
  runQpdf(["--allow-weak-crypto", ...further, "--encrypt", user, owner, ...kind.options, "--", source, target]);
}

/** Status 3 is success with warnings. */
export function runQpdf(args: readonly string[]): string {
  const result = spawnSync("qpdf", args, { encoding: "utf8", timeout: 20_000 });
  if (result.status !== 0 && result.status !== 3) {
    throw new Error(`qpdf: ${result.stderr}`);
  }
  return result.stderr;
}

/** Walks both files from their trailers in step and says where they differ first; undefined when nowhere. */
export function firstDifference(left: PdfFile, right: PdfFile): string | undefined {
  const seen = new Set<string>();
  const waiting: { readonly path: string; readonly a: PdfObject | undefined; readonly b: PdfObject | undefined }[] = [
    "Root",
    "Info",
  ].map((key) => ({ path: key, a: left.trailer.entries.get(key), b: right.trailer.entries.get(key) }));
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const { path, a, b } = pair;
    if (isRef(a) && isRef(b)) {
      const key = `${refKey(a)} ${refKey(b)}`;
      if (seen.has(key)) {
        continue;
      }
      seen.add(key);
    }
    const [x, y] = [left.resolve(a), right.resolve(b)];
    if (isDict(x) && isDict(y)) {
      waiting.push(...pairsOf(x, y, path));
    } else if (isArray(x) && isArray(y) && x.length === y.length) {
      waiting.push(...x.map((item, index) => ({ path: `${path}[${index}]`, a: item, b: y[index] })));
    } else if (isStream(x) && isStream(y)) {
      // qpdf writes plain metadata without compression.
      const metadata = isName(x.dict.entries.get("Type"), "Metadata");
      waiting.push(...pairsOf(x.dict, y.dict, path, metadata ? ["Length", "Filter", "DecodeParms"] : ["Length"]));
      const [own, other] = metadata
        ? [left.streamBytes(x), right.streamBytes(y)]
        : [left.rawStream(x), right.rawStream(y)];
      if (Buffer.compare(own, other) !== 0) {
        return `${path}: stream`;
      }
    } else if (!sameScalar(x, y)) {
      return path;
    }
  }
  return seen.size < 3 ? "nothing was compared" : undefined;
}

function pairsOf(x: PdfDict, y: PdfDict, path: string, ignored: readonly string[] = []) {
  const keys = new Set([...x.entries.keys(), ...y.entries.keys()]);
  const compared = [...keys].filter((key) => !ignored.includes(key));
  return compared.map((key) => ({ path: `${path}/${key}`, a: x.entries.get(key), b: y.entries.get(key) }));
}

function sameScalar(x: PdfObject, y: PdfObject): boolean {
  if (isString(x) && isString(y)) {
    return Buffer.compare(x.bytes, y.bytes) === 0;
  }
  if (isName(x) && isName(y)) {
    return x.name === y.name;
  }
  return x === y || (numberOf(x) !== undefined && numberOf(x) === numberOf(y));
}
