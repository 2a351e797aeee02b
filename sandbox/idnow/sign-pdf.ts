import { signPdf as signWith } from "../documents/sign-pdf.ts";
import type { PracticeServices } from "../pki/practice-pki.ts";
import { practiceScheme } from "../pki/issue-certificate.ts";
import { placementOf } from "./fixed-place.ts";
import type { SignaturePlace } from "./order-request.ts";
import type { SigningPerson } from "./persons.ts";

export interface SignPdfOrder {
  readonly document: Uint8Array;
  readonly place: SignaturePlace;
  readonly person: SigningPerson;
  readonly level: "B-B" | "B-T";
  readonly now: number;
}

export interface SignPdfRoom {
  readonly services: PracticeServices;
  /** A TrueType font file for the mark. */
  readonly font: () => Promise<Uint8Array>;
}

/** Signs with a visible mark. Throws when the document cannot be signed there; putOrder has looked at that before. */
export async function signPdf(room: SignPdfRoom, order: SignPdfOrder): Promise<Uint8Array> {
  const { document, place, person, level, now } = order;
  return signWith(room.services, {
    document,
    placement: placementOf(place),
    mark: { provider: "IDnow", font: await room.font() },
    signer: { ...person, scheme: practiceScheme },
    level,
    now,
  });
}
