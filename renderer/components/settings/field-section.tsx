import { useState } from "react";
import { shownFields } from "../../../shared/profile-form.ts";
import type { FieldProblem, FormSection, ProfileForm } from "../../../shared/profiles.ts";
import { hasProblem } from "../../state/profile-draft.ts";
import type { ProfileDraft } from "../../state/profile-draft.ts";
import { text } from "../../text/text.ts";
import { ProfileField } from "./profile-field.tsx";
import styles from "./settings.module.css";

interface FieldSectionProps {
  readonly form: ProfileForm;
  readonly section: FormSection;
  readonly draft: ProfileDraft;
  readonly problems: readonly FieldProblem[];
  readonly onChange: (change: (draft: ProfileDraft) => ProfileDraft) => void;
}

/** A part of a form; the parts that few need are folded until somebody opens them, or something is wrong in them. */
export function FieldSection({ form, section, draft, problems, onChange }: FieldSectionProps) {
  const { title, folded = false } = section;
  const [opened, setOpened] = useState(false);
  const shown = new Set(shownFields(form, draft.values));
  const fields = section.fields.filter((field) => shown.has(field));
  if (fields.length === 0) return null;
  const content = (
    <div className={styles["fields"]}>
      {fields.map((field) => (
        <ProfileField
          key={`${field.name} ${field.required}`}
          field={field}
          draft={draft}
          problems={problems}
          onChange={onChange}
        />
      ))}
    </div>
  );
  if (!folded) {
    return (
      <section className={styles["section"]} aria-label={text(title)}>
        <h3 className={styles["title"]}>{text(title)}</h3>
        {content}
      </section>
    );
  }
  return (
    <details
      className={styles["more"]}
      open={opened || hasProblem(fields, problems)}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>{text(title)}</summary>
      {content}
    </details>
  );
}
