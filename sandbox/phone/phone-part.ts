import type { Html } from "../web/html.ts";
import type { PageLanguage } from "../web/page-language.ts";

/** What one provider shows on the practice phone. */
export interface PhonePart {
  /** Changes whenever its cards should be drawn again. */
  version(): string;
  /** One section for each thing that is on the phone now. */
  cards(language: PageLanguage): readonly Html[];
  /** A button was pressed. Whose it is, is for the part to find out: buttons of old pages do nothing. */
  answer(form: URLSearchParams): void;
  /** The phone was opened by a link with these parameters. True: they were for this part. */
  opened?(parameters: URLSearchParams): boolean;
}
