import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { dict, isArray, isDict, isName, isRef, isStream, name, numberOf, stream } from "../pdf/objects.ts";
import type { PdfDict, PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import { toHex } from "../pki/der-values.ts";
import { sha256 } from "../pki/digest.ts";
import type { RevocationMaterial } from "../pki/revocation-collector.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { lastReference, withEntries } from "./form-update.ts";

const compress = promisify(deflate);

/**
 * Puts validation data into the document security store (ISO 32000-2 12.8.4.3, EN 319 142-1 5.4.2): what is there
 * stays, what is new is added once, compressed, without a /VRI entry (which EN 319 142-1 discourages). Returns false,
 * and writes nothing, when the store has everything already. Throws PdfProblem.
 */
export async function writeDss(file: PdfFile, sink: ObjectSink, material: RevocationMaterial): Promise<boolean> {
  const entry = file.catalog.entries.get("DSS");
  const existing = file.resolve(entry);
  const store = isDict(existing) ? existing : dict({ Type: name("DSS") });
  const changes: Record<string, PdfObject> = {};
  for (const [key, items] of [
    ["Certs", material.certificates],
    ["OCSPs", material.ocspResponses],
    ["CRLs", material.crls],
  ] as const) {
    const list = await grownList(file, sink, store, key, items);
    if (list !== null) {
      changes[key] = list;
    }
  }
  if (Object.keys(changes).length === 0) {
    return false;
  }
  const reference = lastReference(file, entry) ?? sink.allocate();
  sink.set(reference, withEntries(store, changes));
  const extensions = extensionsWithEsic(file, sink);
  if (!isRef(entry) || extensions !== null) {
    sink.set(
      file.catalogRef,
      withEntries(file.catalog, { DSS: reference, ...(extensions === null ? {} : { Extensions: extensions }) }),
    );
  }
  return true;
}

/** The list with what was not in it, or null when nothing is new. */
async function grownList(
  file: PdfFile,
  sink: ObjectSink,
  store: PdfDict,
  key: string,
  items: readonly Uint8Array[],
): Promise<PdfObject | null> {
  const value = file.get(store, key);
  const list: readonly PdfObject[] = isArray(value) ? value : [];
  const present = new Set(list.flatMap((item) => contentKey(file, item) ?? []));
  const added: PdfRef[] = [];
  for (const item of items) {
    const itemKey = toHex(sha256(item));
    if (!present.has(itemKey)) {
      present.add(itemKey);
      const reference = sink.allocate();
      sink.set(reference, stream({ Filter: name("FlateDecode") }, await compress(item)));
      added.push(reference);
    }
  }
  return added.length === 0 ? null : [...list, ...added];
}

/** What cannot be read is equal to nothing. */
function contentKey(file: PdfFile, item: PdfObject): string | null {
  try {
    const object = file.resolve(item);
    return isStream(object) ? toHex(sha256(file.streamBytes(object))) : null;
  } catch (error) {
    if (error instanceof PdfProblem) {
      return null;
    }
    throw error;
  }
}

/** Level of ETSI's extension that has document security stores and document timestamps (TS 102 778-4 annex A). */
const ESIC_LEVEL = 5;

/**
 * PDF 2.0 has the store itself; a document of an earlier version declares it as ETSI's extension (ISO 32000-2 7.12).
 * Null: /Extensions stays as it is, or was written again as the object of its own that it is.
 */
function extensionsWithEsic(file: PdfFile, sink: ObjectSink): PdfObject | null {
  if (file.version >= "2.0") {
    return null;
  }
  const entry = file.catalog.entries.get("Extensions");
  const existing = file.resolve(entry);
  const extensions = isDict(existing) ? existing : dict({});
  const esic = file.get(extensions, "ESIC");
  const level = isDict(esic) ? (numberOf(file.get(esic, "ExtensionLevel")) ?? 0) : 0;
  if (isArray(esic) || level >= ESIC_LEVEL) {
    return null;
  }
  const declared = dict({ BaseVersion: name(baseVersion(file)), ExtensionLevel: ESIC_LEVEL });
  const changed = withEntries(extensions, { ESIC: declared });
  const reference = isDict(existing) ? lastReference(file, entry) : null;
  if (reference === null) {
    return changed;
  }
  sink.set(reference, changed);
  return null;
}

/** ISO 32000-2 7.12.3: not above the document's own version. */
const baseVersion = (file: PdfFile): string => {
  const version = file.get(file.catalog, "Version");
  return isName(version) && version.name > file.version ? version.name : file.version;
};
