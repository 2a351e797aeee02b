import { decideSigning } from "../../electron/pades/check-before-signing.ts";
import { memorySource } from "../../electron/pdf/memory-source.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../electron/pdf/pdf-file.ts";
import { PdfProblem } from "../../electron/pdf/pdf-problem.ts";
import type { JsonObject } from "../itsme/json-body.ts";
import { fixedPlace } from "./fixed-place.ts";
import type { Checked } from "./checked.ts";
import type { SignaturePlace } from "./order-request.ts";
import { findTag } from "./tag-finder.ts";

/** Where a document is to be signed, or why it cannot be: protected, damaged, no such page or field, tag not unique. */
export function documentPlace(bytes: Uint8Array, fields: JsonObject): Checked<SignaturePlace> {
  try {
    const file = openPdf(memorySource(bytes));
    try {
      // "PDF must be unprotected": also when nobody needs a password to read it.
      if (file.encrypted) return no("the PDF is protected");
      const place = placeIn(file, fields);
      return place.ok ? checkedPlace(file, place.value) : place;
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof PdfProblem) return no(`the PDF cannot be read (${error.code})`);
    throw error;
  }
}

/** As `documentPlace`, for a place that is known. */
export function placeFault(bytes: Uint8Array, place: SignaturePlace): string | null {
  try {
    const file = openPdf(memorySource(bytes));
    try {
      const checked = checkedPlace(file, place);
      return checked.ok ? null : checked.fault;
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof PdfProblem) return `the PDF cannot be read (${error.code})`;
    throw error;
  }
}

function placeIn(file: PdfFile, fields: JsonObject): Checked<SignaturePlace> {
  const tag = fields["SignatureTag"];
  const fixed = fixedPlace(fields);
  if (typeof tag !== "string" || tag === "" || fixed.kind === "field") return { ok: true, value: fixed };
  const hits = findTag(file, tag);
  const [hit] = hits;
  if (hit === undefined) return no(`the tag ${tag} does not occur`);
  if (hits.length > 1) return no(`the tag ${tag} occurs ${hits.length} times`);
  const offset = (name: string): number => (typeof fields[name] === "number" ? fields[name] : 0);
  return {
    ok: true,
    value: {
      ...fixed,
      page: hit.page,
      x: hit.x + offset("SignatureOffsetPosX"),
      y: hit.y + offset("SignatureOffsetPosY"),
    },
  };
}

/** Asks the code that will write the signature later: it can say beforehand what it would refuse. */
function checkedPlace(file: PdfFile, place: SignaturePlace): Checked<SignaturePlace> {
  const decision = decideSigning(file, {
    placement:
      place.kind === "field"
        ? { kind: "field", field: place.name }
        : { kind: "rectangle", page: place.page, rectangle: place },
    reason: null,
    timestamped: true,
    chain: "later",
  });
  return decision.ok ? { ok: true, value: place } : no(`the PDF cannot be signed there (${decision.failure.code})`);
}

function no(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}
