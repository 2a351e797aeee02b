import type { FormField } from "../../../shared/profiles.ts";
import type { ProfileDraft } from "../../state/profile-draft.ts";
import { text } from "../../text/text.ts";

/** What every kind of field is drawn from. */
export interface FieldProps<Field extends FormField = FormField> {
  readonly field: Field;
  readonly draft: ProfileDraft;
  /** The sentence, or null. */
  readonly problem: string | null;
  readonly onChange: (change: (draft: ProfileDraft) => ProfileDraft) => void;
}

/** What is not needed says so; most is. */
export const fieldLabel = ({ label, required, kind }: FormField): string =>
  required || kind === "switch" ? text(label) : text("settings.optional", { label: text(label) });
