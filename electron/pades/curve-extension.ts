import { dict, isArray, isDict, name } from "../pdf/objects.ts";
import type { PdfObject } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { PublicKeyInfo } from "../pki/public-key.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { lastReference, withEntries } from "./form-update.ts";
import { textString } from "./pdf-values.ts";

/** ISO/TS 32002:2022, which brings EdDSA and the Brainpool curves into PDF 2.0. */
const LEVEL = 32_002;

/** Curves that ISO 32000-2 itself does not have; the NIST ones came with PDF 2.0 and need no declaration to be read. */
export const needsCurveExtension = (key: PublicKeyInfo | undefined): boolean =>
  key?.kind === "ed25519" || (key?.kind === "ec" && key.curve?.startsWith("brainpool") === true);

/**
 * Declares ISO/TS 32002 in a PDF 2.0 document (ISO 32000-2 7.12); gives what must change in the catalog. A document of an
 * earlier version stays as it is: the declaration builds on 2.0, and a base version above the document's own is not
 * allowed (7.12.3).
 */
export function curveExtensionChange(file: PdfFile, sink: ObjectSink): Readonly<Record<string, PdfObject>> {
  const changed = file.version >= "2.0" ? extensionsWithCurves(file) : null;
  if (changed === null) {
    return {};
  }
  const reference = lastReference(file, file.catalog.entries.get("Extensions"));
  if (reference === null) {
    return { Extensions: changed };
  }
  sink.set(reference, changed);
  return {};
}

/** Null: it is declared already, or what stands there is not ours to mend. */
function extensionsWithCurves(file: PdfFile): PdfObject | null {
  const existing = file.resolve(file.catalog.entries.get("Extensions"));
  const extensions = isDict(existing) ? existing : dict({});
  const entry = file.get(extensions, "ISO_");
  const declared = isArray(entry) ? entry : isDict(entry) ? [entry] : [];
  const known = declared.some((one) => {
    const item = file.resolve(one);
    return isDict(item) && file.get(item, "ExtensionLevel") === LEVEL;
  });
  // Several of one prefix stand in an array since PDF 2.0 (table 48); each keeps its own dictionary.
  return known ? null : withEntries(extensions, { ISO_: [...declared, curveDeclaration()] });
}

const curveDeclaration = (): PdfObject =>
  dict({
    Type: name("DeveloperExtensions"),
    BaseVersion: name("2.0"),
    ExtensionLevel: LEVEL,
    ExtensionRevision: textString(":2022"),
    URL: textString("https://www.iso.org/standard/45875.html"),
  });
