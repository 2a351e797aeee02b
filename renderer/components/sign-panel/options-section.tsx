import type { PolicyView } from "../../../shared/app-state.ts";
import type { MessageKey } from "../../../shared/messages/en.ts";
import { fieldWishes } from "../../state/field-wishes.ts";
import { hasOwnMark, isSignable, offeredLanguages } from "../../state/sign-request.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { TextInput } from "../controls/text-input.tsx";
import { AfterwardsChoice } from "./afterwards-choice.tsx";
import { ReasonChoice } from "./reason-choice.tsx";
import styles from "./sign-panel.module.css";

/** What most people never need: reason, what others may do, language, policy, meaning, role. */
export function OptionsSection() {
  const { view, dispatch, provider, selected } = useWindow();
  const { choices } = view;
  const documents = selected.filter((document) => isSignable(document, provider?.takes));
  const wishes = fieldWishes(documents, view.mark, view.current);
  const languages = offeredLanguages(provider);
  const foreign = !hasOwnMark(provider);
  // What is signed as a text has its language in the form above.
  if (foreign && (provider?.takes === "text" || provider?.languages.length === 0)) return null;
  return (
    <details className={styles["more"]}>
      <summary className={styles["summary"]}>{text("options.title")}</summary>
      <div className={styles["section"]}>
        {foreign ? null : (
          <>
            <ReasonChoice
              wishes={wishes}
              reason={choices.reason}
              onChange={(reason) => dispatch({ kind: "choose", change: { reason } })}
            />
            <AfterwardsChoice documents={documents} wishes={wishes} />
            <TextInput
              label={text("marks.location")}
              value={choices.location}
              maximumLength={100}
              onChange={(location) => dispatch({ kind: "choose", change: { location } })}
            />
          </>
        )}
        {provider?.languages.length === 0 ? null : (
          <Choice
            label={text("options.language")}
            value={languages.includes(choices.language) ? choices.language : (languages[0] ?? "EN")}
            options={languages.map((language) => ({ value: language, label: text(`language.${language}`) }))}
            onChange={(language) => dispatch({ kind: "choose", change: { language } })}
          />
        )}
        {foreign ? null : (
          <>
            <PolicyChoice
              label="options.policy"
              none="options.policy-default"
              value={choices.policy}
              policies={provider?.policies ?? []}
              onChange={(policy) => dispatch({ kind: "choose", change: { policy } })}
            />
            <PolicyChoice
              label="options.commitment"
              none="options.commitment-default"
              value={choices.commitmentType}
              policies={provider?.commitmentTypes ?? []}
              onChange={(commitmentType) => dispatch({ kind: "choose", change: { commitmentType } })}
            />
            <TextInput
              label={text("options.role")}
              placeholder={text("options.role-placeholder")}
              value={choices.signerRole}
              maximumLength={50}
              onChange={(signerRole) => dispatch({ kind: "choose", change: { signerRole } })}
            />
          </>
        )}
      </div>
    </details>
  );
}

interface PolicyChoiceProps {
  readonly label: MessageKey;
  readonly none: MessageKey;
  readonly value: string | null;
  readonly policies: readonly PolicyView[];
  readonly onChange: (reference: string | null) => void;
}

const NONE = "";

function PolicyChoice({ label, none, value, policies, onChange }: PolicyChoiceProps) {
  if (policies.length === 0) return null;
  return (
    <Choice
      label={text(label)}
      value={value ?? NONE}
      options={[
        { value: NONE, label: text(none) },
        ...policies.map((policy) => ({ value: policy.reference, label: policy.text })),
      ]}
      onChange={(reference) => onChange(reference === NONE ? null : reference)}
    />
  );
}
