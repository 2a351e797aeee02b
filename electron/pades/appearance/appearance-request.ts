import type { MarkWords } from "./appearance-lines.ts";
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
  /** The fixed words in the document's language; English by default. */
  readonly words?: MarkWords;
  /** Told when the font lacks characters, which are then drawn as U+FFFD. */
  readonly onMissingCharacters?: (characters: readonly string[]) => void;
}
