import { isString } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { parseSignedData } from "../pki/cms-signed-data.ts";
import { createDigest, type DigestAlgorithm } from "../pki/digest.ts";
import { checkByteRange, type SignedRange } from "./byte-range.ts";
import { type FoundSignature, signaturesOfForm } from "./find-signatures.ts";
import { nameOf } from "./pdf-text.ts";

/** Looking at more than these costs more than a pass over the file saves. */
const MOST_SIGNATURES = 20;
/** ISO 32000-2 table 260: the ones that sign the bytes of the file by the digest of their SignerInfo. */
const DETACHED: ReadonlySet<string> = new Set(["ETSI.CAdES.detached", "adbe.pkcs7.detached"]);

/**
 * The digest of one range of a file, taken from the bytes that are read for another purpose: they need not be read a second
 * time. Gives it only when every byte of the range has come, in order.
 */
export class DigestAhead {
  readonly #range: SignedRange;
  readonly #algorithm: DigestAlgorithm;
  readonly #running: ReturnType<typeof createDigest>;
  #next = 0;
  #value: Uint8Array | undefined;

  constructor(range: SignedRange, algorithm: DigestAlgorithm) {
    this.#range = range;
    this.#algorithm = algorithm;
    this.#running = createDigest(algorithm);
  }

  /** The bytes of the file that stand at this offset. */
  take(bytes: Uint8Array, offset: number): void {
    if (offset !== this.#next) {
      this.#next = Number.NaN;
      return;
    }
    this.#next += bytes.length;
    const { gapStart, gapEnd, end } = this.#range;
    for (const [from, to] of [
      [0, gapStart],
      [gapEnd, end],
    ] as const) {
      const part = bytes.subarray(Math.max(0, from - offset), Math.max(0, to - offset));
      if (part.length > 0) {
        this.#running.update(part);
      }
    }
  }

  /** Undefined when it is not this range, not this algorithm, or when bytes are missing. */
  digestOf({ gapStart, gapEnd, end }: SignedRange, algorithm: DigestAlgorithm): Uint8Array | undefined {
    const own = this.#range;
    const same = gapStart === own.gapStart && gapEnd === own.gapEnd && end === own.end && algorithm === this.#algorithm;
    if (!same || !(this.#next >= end)) {
      return undefined;
    }
    this.#value ??= new Uint8Array(this.#running.digest());
    return this.#value;
  }
}

/**
 * For the signature that covers most of the file; undefined when there is none, or when it is not of an ordinary kind. Only a
 * guess at what the judgement will ask for: all checks are its own, and it asks for nothing that it did not find itself.
 */
export function digestAhead(file: PdfFile): DigestAhead | undefined {
  try {
    const found = signaturesOfForm(file);
    const ranges = found.length > MOST_SIGNATURES ? [] : found.flatMap((one) => covered(file, one) ?? []);
    const [most] = ranges.toSorted((a, b) => b.range.end - a.range.end);
    return most === undefined ? undefined : new DigestAhead(most.range, most.algorithm);
  } catch {
    // Whatever is wrong with the file, also that it takes too much work: the judgement meets it again and says so.
    return undefined;
  }
}

function covered(
  file: PdfFile,
  { dict, holder }: FoundSignature,
): { readonly range: SignedRange; readonly algorithm: DigestAlgorithm } | undefined {
  const contents = file.get(dict, "Contents");
  if (!isString(contents) || !DETACHED.has(nameOf(file.get(dict, "SubFilter")) ?? "")) {
    return undefined;
  }
  const entry = holder === undefined ? undefined : file.entry(holder.num);
  const checked = checkByteRange(file, dict, entry?.kind === "offset" ? entry.offset : undefined);
  const algorithm = parseSignedData(contents.bytes).signerInfos[0]?.digestAlgorithm;
  return checked.ok && algorithm !== undefined ? { range: checked.range, algorithm } : undefined;
}
