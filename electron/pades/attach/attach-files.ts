import { dict, hex, isArray, isDict, literal, name } from "../../pdf/objects.ts";
import type { PdfObject, PdfRef } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { digest } from "../../pki/digest.ts";
import { deflatedStream } from "../appearance/deflated-stream.ts";
import type { ObjectSink } from "../appearance/object-sink.ts";
import { lastReference, withEntries } from "../form-update.ts";
import { pdfDate, textString } from "../pdf-values.ts";
import type { Attachment } from "./attachment.ts";
import { namesIn, sortedNames } from "./name-tree.ts";

/** When the files were made, for /ModDate. */
export interface AttachmentTime {
  readonly time: Date;
  readonly utcOffsetMinutes: number;
}

interface Attached {
  readonly key: Uint8Array;
  readonly value: PdfRef;
}

/**
 * Embeds files and associates them with the document: in the catalog's /AF and, for readers that know only those, among
 * its embedded files. What is in either list stays. The answer says what must change in the catalog. Throws PdfProblem.
 */
export function attachFiles(
  file: PdfFile,
  sink: ObjectSink,
  attachments: readonly Attachment[],
  time: AttachmentTime,
): Readonly<Record<string, PdfObject>> {
  const attached = attachments.map((attachment) => ({
    key: new TextEncoder().encode(attachment.name),
    value: writeAttachment(sink, attachment, time),
  }));
  return { ...associate(file, sink, attached), ...addNames(file, sink, attached) };
}

/** ISO 32000-2 7.11.3 and 7.11.4: a file specification with the file's stream. */
function writeAttachment(sink: ObjectSink, attachment: Attachment, { time, utcOffsetMinutes }: AttachmentTime): PdfRef {
  const { bytes, description, mediaType, relationship } = attachment;
  const [stream, specification] = [sink.allocate(), sink.allocate()];
  const parameters = dict({
    Size: bytes.length,
    // ISO 19005-3 6.8 asks for this one.
    ModDate: literal(new TextEncoder().encode(pdfDate(time, utcOffsetMinutes))),
    // ISO 32000-2 table 45: an MD5, against accidents only.
    CheckSum: hex(digest("MD5", bytes)),
  });
  sink.set(stream, deflatedStream({ Type: name("EmbeddedFile"), Subtype: name(mediaType), Params: parameters }, bytes));
  const fileName = textString(attachment.name);
  sink.set(
    specification,
    dict({
      Type: name("Filespec"),
      F: fileName,
      UF: fileName,
      Desc: textString(description),
      AFRelationship: name(relationship),
      EF: dict({ F: stream, UF: stream }),
    }),
  );
  return specification;
}

/** ISO 32000-2 14.13.3: associated with the document as a whole. */
function associate(
  file: PdfFile,
  sink: ObjectSink,
  attached: readonly Attached[],
): Readonly<Record<string, PdfObject>> {
  const entry = file.catalog.entries.get("AF");
  const present = file.resolve(entry);
  const added = attached.map(({ value }) => value);
  if (!isArray(present)) {
    // One specification without a list is not allowed, but written by some.
    return { AF: isDict(present) && entry !== undefined ? [entry, ...added] : added };
  }
  const reference = lastReference(file, entry);
  if (reference === null) {
    return { AF: [...present, ...added] };
  }
  sink.set(reference, [...present, ...added]);
  return {};
}

/** ISO 32000-2 7.7.4: the list of embedded files, with all that is in it, written as one leaf. Linear in its names. */
function addNames(file: PdfFile, sink: ObjectSink, attached: readonly Attached[]): Readonly<Record<string, PdfObject>> {
  const entry = file.catalog.entries.get("Names");
  const lists = file.resolve(entry);
  const present = isDict(lists) ? namesIn(file, lists.entries.get("EmbeddedFiles")) : [];
  if (present === null) {
    throw new PdfProblem("catalog-broken", "The list of embedded files cannot be read.");
  }
  const all = sortedNames([...present, ...attached]);
  const tree = sink.allocate();
  sink.set(tree, dict({ Names: all.flatMap(({ key, value }) => [literal(key), value]) }));
  const changed = withEntries(isDict(lists) ? lists : dict({}), { EmbeddedFiles: tree });
  const reference = isDict(lists) ? lastReference(file, entry) : null;
  if (reference === null) {
    return { Names: changed };
  }
  sink.set(reference, changed);
  return {};
}
