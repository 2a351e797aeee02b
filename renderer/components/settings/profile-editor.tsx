import { useEffect, useRef, useState } from "react";
import { shownFields } from "../../../shared/profile-form.ts";
import type { FieldProblem, ProfileForm, TestReport } from "../../../shared/profiles.ts";
import { environmentOf, problemOf, secretChanges } from "../../state/profile-draft.ts";
import type { ProfileDraft } from "../../state/profile-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { EnvironmentChip } from "../controls/environment-chip.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { ProblemBar } from "../failure/problem-bar.tsx";
import { TextInput } from "../controls/text-input.tsx";
import { FieldSection } from "./field-section.tsx";
import styles from "./settings.module.css";
import { TestSteps } from "./test-steps.tsx";

interface ProfileEditorProps {
  readonly form: ProfileForm;
  readonly first: ProfileDraft;
  /** `lasts`: false when its secrets end with the program. */
  readonly onSaved: (said: string, lasts: boolean) => void;
  readonly onCancel: () => void;
}

type Busy = "nothing" | "saving" | "testing";

/** One provider's form. */
export function ProfileEditor({ form, first, onSaved, onCancel }: ProfileEditorProps) {
  const { actions } = useWindow();
  const [draft, setDraft] = useState(first);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [report, setReport] = useState<TestReport | null>(null);
  const [busy, setBusy] = useState<Busy>("nothing");
  const body = useRef<HTMLDivElement>(null);
  const tested = useRef<HTMLElement>(null);
  const provider = providerName(form.provider);
  const nameProblem = problemOf(problems, "name");

  useEffect(() => {
    if (problems.length > 0) focusFirst(body.current, problems);
  }, [problems]);
  useEffect(() => {
    if (report !== null) tested.current?.focus();
  }, [report]);

  const asked = () => {
    const { provider: id, name, isNew, values } = draft;
    const shown = new Set(shownFields(form, values).map((field) => field.name));
    return {
      provider: id,
      name: name.trim(),
      isNew,
      values,
      secrets: secretChanges(draft, typedIn(body.current, shown)),
    };
  };
  const save = async (): Promise<void> => {
    setBusy("saving");
    const saved = await actions.saveProfile(asked());
    setBusy("nothing");
    if (saved === null) return;
    setProblems(saved.problems);
    if (saved.problems.length === 0) {
      const lasts = saved.secrets === "stored";
      onSaved(text(lasts ? "settings.saved" : "settings.saved-session", { name: draft.name }), lasts);
    }
  };
  const test = async (): Promise<void> => {
    setBusy("testing");
    setReport(null);
    const answer = await actions.testProfile(asked());
    setBusy("nothing");
    if (answer === null) return;
    setProblems(answer.kind === "problems" ? answer.problems : []);
    setReport(answer.kind === "tested" ? answer.report : null);
  };
  const isBusy = busy !== "nothing";
  return (
    <ModalSheet
      title={text(draft.isNew ? "settings.new-title" : "settings.edit-title", { provider, name: draft.name })}
      onClose={isBusy ? null : onCancel}
      buttons={
        <>
          <ActionButton onPress={onCancel} isDisabled={isBusy}>
            {text("common.cancel")}
          </ActionButton>
          <ActionButton onPress={() => void test()} isDisabled={isBusy}>
            {text("settings.test")}
          </ActionButton>
          <ActionButton look="primary" onPress={() => void save()} isDisabled={isBusy}>
            {text("settings.save")}
          </ActionButton>
        </>
      }
    >
      <div ref={body} className={styles["fields"]}>
        <div className={styles["buttons"]}>
          <EnvironmentChip environment={environmentOf(draft)} />
          <span className={styles["muted"]}>{text(`settings.leads.${environmentOf(draft)}`)}</span>
        </div>
        {draft.isNew ? (
          <div data-field="name">
            <TextInput
              label={text("profile.name")}
              help={text("profile.name.help")}
              value={draft.name}
              kind="name"
              maximumLength={60}
              problem={nameProblem === null ? null : text(nameProblem.sentence, nameProblem.params)}
              onChange={(name) => setDraft((before) => ({ ...before, name }))}
            />
          </div>
        ) : null}
        {form.sections.map((section) => (
          <FieldSection
            key={section.title}
            form={form}
            section={section}
            draft={draft}
            problems={problems}
            onChange={setDraft}
          />
        ))}
      </div>
      <ProblemBar />
      {problems.length === 0 ? null : (
        <MessageBar tone="bad" role="alert">
          <p>{text("settings.problems", { count: problems.length })}</p>
        </MessageBar>
      )}
      <p role="status" className={busy === "nothing" ? styles["spoken"] : styles["muted"]}>
        {busy === "nothing" ? "" : text(`settings.${busy}`)}
      </p>
      {report === null ? null : <TestSteps report={report} region={tested} />}
    </ModalSheet>
  );
}

/** SECURITY: read once, here; what was typed is in no state. */
function typedIn(body: HTMLElement | null, shown: ReadonlySet<string>): ReadonlyMap<string, string> {
  const inputs = [...(body?.querySelectorAll<HTMLInputElement>("[data-secret] input:not([type=checkbox])") ?? [])];
  return new Map(
    inputs.flatMap((input) => {
      const field = input.closest<HTMLElement>("[data-secret]")?.dataset["secret"] ?? "";
      return shown.has(field) ? [[field, input.value] as const] : [];
    }),
  );
}

/** The first field, as it stands in the form, that something is wrong with. */
function focusFirst(body: HTMLElement | null, problems: readonly FieldProblem[]): void {
  const wrong = new Set(problems.map(({ field }) => field));
  // What is folded away is shown first: one frame later its controls can take the focus.
  requestAnimationFrame(() => {
    const places = [...(body?.querySelectorAll<HTMLElement>("[data-field]") ?? [])];
    const place = places.find(({ dataset }) => wrong.has(dataset["field"] ?? ""));
    place?.querySelector<HTMLElement>("input, textarea, button")?.focus();
    place?.scrollIntoView({ block: "nearest" });
  });
}
