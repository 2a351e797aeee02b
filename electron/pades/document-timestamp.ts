import { open } from "node:fs/promises";
import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { openFileSource } from "../pdf/file-source.ts";
import { IncrementalUpdate } from "../pdf/incremental-update.ts";
import { openOptions, openPdf } from "../pdf/open-pdf.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { digestRanges } from "../pdf/range-digest.ts";
import { readSignatureFields } from "./earlier-signatures.ts";
import { appendUpdate, truncateTo } from "./extend/append-update.ts";
import { BYTE_RANGE_WIDTH, byteRangeText } from "./signature-dictionary.ts";
import type { RawSegment } from "./signature-dictionary.ts";
import { writeFully } from "../pdf/file-bytes.ts";
import { updateCatalog } from "./form-update.ts";
import { writeSignatureField } from "./write-signature-field.ts";

export interface DocumentTimestampOrder {
  /** The staged file: it grows by one update; when this fails it is what it was. */
  readonly path: string;
  /** For an encrypted document that does not open without one. */
  readonly password?: string | undefined;
  /** Asks for a token over the SHA-256 digest and checks it. */
  readonly timestamp: (imprint: Uint8Array, signal?: AbortSignal) => Promise<Result<Uint8Array, Failure>>;
  /** Bytes for the token. Default 16 KiB; authorities' tokens with certificates are 2 to 8 KiB. */
  readonly capacityBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_CAPACITY = 16 * 1024;
const MAXIMUM_CAPACITY = 1024 * 1024;

/**
 * Appends a document timestamp (ISO 32000-2 12.8.5, EN 319 142-1 5.4.3): an invisible field whose value is an RFC 3161
 * token over everything before it. A token that does not fit is asked for once more with more room. It is allowed in
 * every certified document: ISO 32000-2 table 257 counts neither it nor a document security store as a change.
 *
 * Failures: `timestamp.*`, `output.placeholder-too-small`, `document.changed-on-disk`. Throws PdfProblem and the file
 * system's errors.
 */
export async function appendDocumentTimestamp(order: DocumentTimestampOrder): Promise<Result<null, Failure>> {
  const first = await attempt(order, order.capacityBytes ?? DEFAULT_CAPACITY);
  if (first.ok || first.failure.code !== "output.placeholder-too-small") {
    return first;
  }
  const needed = Number(first.failure.params?.["needed"] ?? 0);
  return needed > MAXIMUM_CAPACITY ? first : attempt(order, needed);
}

interface Placeholder {
  readonly base: number;
  readonly bytes: Uint8Array;
  readonly byteRange: readonly [number, number, number, number];
  /** Offset of the first digit. */
  readonly contentsOffset: number;
}

async function attempt(order: DocumentTimestampOrder, capacityBytes: number): Promise<Result<null, Failure>> {
  const file = openPdf(openFileSource(order.path), openOptions(order.password));
  let placeholder: Placeholder;
  try {
    placeholder = layOut(file, capacityBytes);
  } finally {
    file.close();
  }
  const { base, bytes } = placeholder;
  let done = false;
  try {
    if (!(await appendUpdate(order.path, base, bytes))) {
      return failed({ code: "document.changed-on-disk" });
    }
    const outcome = await fill(order, placeholder, capacityBytes);
    done = outcome.ok;
    return outcome;
  } finally {
    if (!done) {
      await truncateTo(order.path, base);
    }
  }
}

function layOut(file: PdfFile, capacityBytes: number): Placeholder {
  const update = new IncrementalUpdate(file);
  const timestamp = update.allocate();
  update.setRaw(timestamp, timestampDictionary(capacityBytes));
  const target = { kind: "new", name: freeName(file), page: file.page(0), rectangle: null } as const;
  const drawn = {
    appearance: null,
    markFont: null,
    signerName: null,
    reason: null,
    location: null,
    claimedTime: new Date(0),
  };
  updateCatalog(file, update, writeSignatureField(file, update, target, timestamp, drawn, 0));
  const { base, bytes, marks } = update.render();
  const [contentsOffset, rangeOffset] = [marks.get("contents"), marks.get("byteRange")];
  if (contentsOffset === undefined || rangeOffset === undefined) {
    throw new TypeError("the update has no marks");
  }
  const behind = contentsOffset + capacityBytes * 2 + 1;
  const byteRange = [0, contentsOffset - 1, behind, base + bytes.length - behind] as const;
  const filled = Uint8Array.from(bytes);
  filled.set(byteRangeText(byteRange), rangeOffset - base);
  return { base, bytes: filled, byteRange, contentsOffset };
}

function timestampDictionary(capacityBytes: number): readonly RawSegment[] {
  return [
    "<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161\n/ByteRange ",
    { mark: "byteRange", bytes: new Uint8Array(BYTE_RANGE_WIDTH).fill(0x20) },
    "\n/Contents <",
    { mark: "contents", bytes: new Uint8Array(capacityBytes * 2).fill(0x30) },
    ">\n>>",
  ];
}

/** "Timestamp<n>", the first that no field has. */
function freeName(file: PdfFile): string {
  const taken = new Set(readSignatureFields(file).all.map((field) => field.name.split(".")[0] ?? field.name));
  let number = 1;
  while (taken.has(`Timestamp${number}`)) {
    number += 1;
  }
  return `Timestamp${number}`;
}

async function fill(
  { path, timestamp, signal }: DocumentTimestampOrder,
  { byteRange, contentsOffset }: Placeholder,
  capacityBytes: number,
): Promise<Result<null, Failure>> {
  const [first, firstLength, second, secondLength] = byteRange;
  const ranges = [
    { offset: first, length: firstLength },
    { offset: second, length: secondLength },
  ];
  const imprint = await digestRanges(path, ranges, signal === undefined ? {} : { signal });
  const token = await timestamp(imprint, signal);
  if (!token.ok) {
    return token;
  }
  if (token.value.length > capacityBytes) {
    // Room to spare: the next token may be a few bytes longer.
    const needed = Math.ceil((token.value.length + 256) / 512) * 512;
    return failed({ code: "output.placeholder-too-small", params: { needed } });
  }
  const digits = new TextEncoder().encode(Buffer.from(token.value).toString("hex").toUpperCase());
  const handle = await open(path, "r+");
  try {
    await writeFully(handle, digits, contentsOffset);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return success(null);
}
