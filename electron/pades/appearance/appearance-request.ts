import type { InitialsDesign, MarkDesign } from "../../../shared/mark-design.ts";
import type { MarkWords } from "../../../shared/mark-lines.ts";
import type { MarkImage } from "./mark-image.ts";

/** What makes the visible mark; name, time and reason come from the signature itself, so the two cannot differ. */
export interface AppearanceRequest {
  /** A TrueType font file that covers the text; a subset of it is embedded. */
  readonly font: Uint8Array;
  /** The provider's name as people know it ("itsme"), or null for a local certificate. */
  readonly provider: string | null;
  /** Practice mode: the mark says that it is not legally binding. */
  readonly practice: boolean;
  /** From `decodeMarkImage`, or null. */
  readonly image: MarkImage | null;
  /** Lines, layout, QR code; by default the usual mark. `picture` is ignored: `image` is the picture itself. */
  readonly design?: MarkDesign;
  /** Of the signing certificate, for lines that name them. */
  readonly organisation?: string | null;
  readonly serial?: string | null;
  /** SHA-256 of the original document, lower-case hexadecimal, for the QR code. */
  readonly documentDigest?: string;
  /** Small stamps on the pages, under the same signature. Null or absent: none. */
  readonly initials?: { readonly design: InitialsDesign; readonly image: MarkImage | null } | null;
  /** The fixed words in the document's language; English by default. */
  readonly words?: MarkWords;
  /** Told when the font lacks characters, which are then drawn as U+FFFD. */
  readonly onMissingCharacters?: (characters: readonly string[]) => void;
}
