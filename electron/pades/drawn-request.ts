import type { MarkText } from "../../shared/mark-lines.ts";
import type { PdfRef } from "../pdf/objects.ts";
import type { AppearanceRequest } from "./appearance/appearance-request.ts";
import type { MarkFont } from "./appearance/mark-font.ts";
import type { PrepareRequest } from "./signature-request.ts";

/** What of a request the drawing says. */
export type DrawnRequest = Pick<PrepareRequest, "appearance" | "signerName" | "claimedTime" | "reason" | "location"> & {
  /** Handed in, because loading the font library takes longer than signing. Null when there is no appearance. */
  readonly markFont: typeof MarkFont | null;
  /** /Lock of a new field (ISO 32000-2 table 234: an indirect object). */
  readonly lock?: PdfRef | null;
  /** Earlier signatures would have to explain every change of the structure tree, and not every verifier allows one. */
  readonly tagged?: boolean;
};

/** All that the mark may say, from the signature itself. */
export function markTextOf(request: DrawnRequest, appearance: AppearanceRequest, utcOffsetMinutes: number): MarkText {
  return {
    signerName: request.signerName ?? "",
    claimedTime: request.claimedTime,
    utcOffsetMinutes,
    reason: request.reason,
    location: request.location,
    provider: appearance.provider,
    organisation: appearance.organisation ?? null,
    serial: appearance.serial ?? null,
    practice: appearance.practice,
  };
}
