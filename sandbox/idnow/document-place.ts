import type { PdfFile } from "../../electron/pdf/pdf-file.ts";
import { placementFault, signingFault, withPdf } from "../documents/signing-fault.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { Checked } from "./checked.ts";
import { fixedPlace, placementOf } from "./fixed-place.ts";
import type { SignaturePlace } from "./order-request.ts";
import { findTag } from "./tag-finder.ts";

/** Where a document is to be signed, or why it cannot be: protected, damaged, no such page or field, tag not unique. */
export function documentPlace(bytes: Uint8Array, fields: JsonObject): Checked<SignaturePlace> {
  const place = withPdf(bytes, (file) => {
    const wanted = placeIn(file, fields);
    const fault = wanted.ok ? placementFault(file, placementOf(wanted.value)) : null;
    return fault === null ? wanted : no(fault);
  });
  return typeof place === "string" ? no(place) : place;
}

/** As `documentPlace`, for a place that is known. */
export function placeFault(bytes: Uint8Array, place: SignaturePlace): string | null {
  return signingFault(bytes, placementOf(place));
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

function no(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}
