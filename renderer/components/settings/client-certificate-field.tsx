import { useRef, useState } from "react";
import type { CertificateFacts as Facts } from "../../../shared/app-state.ts";
import type { FormField, ImportAnswer } from "../../../shared/profiles.ts";
import { withDropping, withImported } from "../../state/profile-draft.ts";
import type { ProfileDraft } from "../../state/profile-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { SecretInput } from "../controls/secret-input.tsx";
import { CertificateFacts } from "./certificate-facts.tsx";
import { fieldLabel } from "./field-props.ts";
import type { FieldProps } from "./field-props.ts";
import styles from "./settings.module.css";

type Waiting = Extract<ImportAnswer, { kind: "password" }>;

/** A client certificate with its key, from a file. The key goes to main and stays there. */
export function ClientCertificateField({
  field,
  draft,
  problem,
  onChange,
}: FieldProps<Extract<FormField, { kind: "client-certificate" }>>) {
  const { actions } = useWindow();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const { name, required } = field;
  const facts = factsIn(draft, name);
  const take = (answer: ImportAnswer | null): void => {
    if (answer === null) return;
    setWaiting(answer.kind === "password" ? answer : null);
    if (answer.kind === "imported") onChange((before) => withImported(before, name, answer.certificate));
  };
  const label = fieldLabel(field);
  return (
    <div role="group" aria-label={label} className={styles["stack"]}>
      <p className={styles["label"]}>{label}</p>
      {facts === null ? null : (
        <div className={styles["list"]}>
          <div className={styles["row"]}>
            <CertificateFacts facts={facts} />
            {required ? null : (
              <ActionButton
                size="small"
                look="quiet"
                aria-label={text("settings.remove-named", { name: facts.subject })}
                onPress={() => onChange((before) => withDropping(before, name, true))}
              >
                {text("settings.remove")}
              </ActionButton>
            )}
          </div>
        </div>
      )}
      {draft.missing.includes(name) && draft.imported[name] === undefined ? (
        <p className={styles["problem"]}>{text("settings.secret-gone")}</p>
      ) : null}
      {waiting === null ? (
        <div className={styles["buttons"]}>
          <ActionButton size="small" onPress={() => void actions.importCertificate(field.purpose).then(take)}>
            {text(facts === null ? "settings.import" : "settings.import-other")}
          </ActionButton>
        </div>
      ) : (
        <FilePassword key={waiting.file} waiting={waiting} onAnswer={take} onCancel={() => setWaiting(null)} />
      )}
      <p className={styles["muted"]}>{text(field.help)}</p>
      {problem === null ? null : <p className={styles["problem"]}>{problem}</p>}
    </div>
  );
}

/** What is imported, else what is stored and can be had. */
function factsIn({ imported, stored, dropping, missing }: ProfileDraft, field: string): Facts | null {
  const fresh = imported[field];
  if (fresh !== undefined) return fresh.facts;
  const mark = stored[field];
  const isThere = !dropping.includes(field) && !missing.includes(field);
  return isThere && mark?.kind === "client-certificate" ? mark.facts : null;
}

interface FilePasswordProps {
  readonly waiting: Waiting;
  readonly onAnswer: (answer: ImportAnswer | null) => void;
  readonly onCancel: () => void;
}

/** The password of the file that was chosen; used once. */
function FilePassword({ waiting, onAnswer, onCancel }: FilePasswordProps) {
  const { actions } = useWindow();
  const input = useRef<HTMLInputElement>(null);
  const open = async (): Promise<void> => {
    const answer = await actions.unlockCertificate(waiting.file, input.current?.value ?? "");
    if (input.current !== null) input.current.value = "";
    onAnswer(answer);
  };
  return (
    <form
      className={styles["box"]}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <SecretInput
        label={text("settings.file-password", { name: waiting.name })}
        help={text("settings.file-password-help")}
        input={input}
        maximumLength={1_000}
        problem={waiting.problem === null ? null : failureText(waiting.problem, "what")}
      />
      <div className={styles["buttons"]}>
        <ActionButton size="small" look="primary" onPress={() => void open()}>
          {text("settings.file-open")}
        </ActionButton>
        <ActionButton size="small" look="quiet" onPress={onCancel}>
          {text("common.cancel")}
        </ActionButton>
      </div>
    </form>
  );
}
