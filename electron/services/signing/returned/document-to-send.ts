import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { lockedRefusal } from "../../../pades/signing-refusal.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import type { DocumentToSend, ProviderDescriptor } from "../../../providers/provider.ts";
import type { ItemRecord, SentDocument } from "../../../storage/journal-record.ts";
import { digestOfStart } from "../../documents/digest-of-start.ts";
import { fileFailure } from "../../documents/file-failure.ts";
import { openEitherWay } from "../../documents/open-document.ts";
import { originalProblem, sourceFile } from "../source-file.ts";
import { boxOf, placeOf } from "./signature-place.ts";

/** A document that is read whole to be sent; more than this no provider takes by far. */
const MAXIMUM_BYTES = 256 * 1024 * 1024;

export interface PreparedToSend {
  readonly sent: SentDocument;
  readonly document: DocumentToSend;
}

export interface SendingTo {
  /** "text": the provider gets name, size and digest, and not the document. */
  readonly takes: ProviderDescriptor["takes"];
  /** Of an encrypted document. */
  readonly password: string | undefined;
}

/**
 * Makes one document ready for a provider that takes whole documents: the original as it is, or the clean copy of one
 * whose structure is damaged, which its owner agreed to.
 */
export async function documentToSend(
  item: ItemRecord,
  { takes, password }: SendingTo,
): Promise<Result<PreparedToSend, Failure>> {
  const opened = openEitherWay(item.sourcePath, password);
  if (!opened.ok) {
    return opened;
  }
  try {
    const source = await sourceFile(opened.value, item);
    if (!source.ok) {
      return source;
    }
    const path = source.value;
    const seen = lockedRefusal(opened.value) === null ? seenIn(opened.value, item) : UNSEEN;
    const sent = await confirmed(path, item, takes === "text" ? Number.POSITIVE_INFINITY : MAXIMUM_BYTES);
    if (!sent.ok) {
      return sent;
    }
    const { item: id, name } = item;
    const read = (): Promise<Result<Uint8Array, Failure>> => readAsConfirmed(path, item, sent.value);
    return success({ sent: sent.value, document: { id, name, ...sent.value, ...seen, read } });
  } catch (error) {
    if (error instanceof PdfProblem) {
      return failed({ code: "document.damaged", params: { name: item.name } });
    }
    if (error instanceof Error && "syscall" in error) {
      return failed(fileFailure(error, item.outputPath));
    }
    throw error;
  } finally {
    opened.value.close();
  }
}

type Seen = Pick<DocumentToSend, "place" | "firstPage" | "pages">;

const seenIn = (file: PdfFile, item: ItemRecord): Seen => ({
  place: placeOf(file, item.placement),
  firstPage: boxOf(file.page(0).cropBox),
  pages: file.pageCount(),
});

/** Of a document whose password nobody has given in this start; only its bytes count then. A4. */
const UNSEEN: Seen = { place: null, firstPage: { x: 0, y: 0, width: 595, height: 842 } };

/** Which bytes will go out, without reading them all into memory yet. */
async function confirmed(path: string, item: ItemRecord, maximumBytes: number): Promise<Result<SentDocument, Failure>> {
  const found = await stat(path).catch(() => null);
  if (found !== null && found.size > maximumBytes) {
    return failed({ code: "provider.document-too-large", params: { name: item.name } });
  }
  if (item.rewrite) {
    return found === null
      ? changed(item)
      : success({ size: found.size, sha256: await digestOfStart(path, found.size) });
  }
  return (await originalProblem(item)) ?? success({ size: item.sourceSize, sha256: item.sourceSha256 });
}

/** SECURITY: what goes out is what the person saw and confirmed, whatever has happened to the file since. */
async function readAsConfirmed(
  path: string,
  item: ItemRecord,
  { size, sha256 }: SentDocument,
): Promise<Result<Uint8Array, Failure>> {
  try {
    // Before it is read: the file may be a much longer one by now.
    if ((await stat(path)).size !== size) {
      return changed(item);
    }
    const bytes = new Uint8Array(await readFile(path));
    return createHash("sha256").update(bytes).digest("hex") === sha256 ? success(bytes) : changed(item);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
    return gone ? failed({ code: "document.not-found", params: { name: item.name } }) : changed(item);
  }
}

const changed = (item: ItemRecord): { readonly ok: false; readonly failure: Failure } =>
  failed({ code: "document.changed-on-disk", params: { name: item.name } });
