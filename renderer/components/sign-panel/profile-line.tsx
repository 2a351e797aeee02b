import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { certificateWarnings } from "../../text/certificate-warnings.ts";
import { useState } from "react";
import { ActionButton } from "../controls/action-button.tsx";
import { EnvironmentChip } from "../controls/environment-chip.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { FailureMessage } from "../failure/failure-message.tsx";
import styles from "./sign-panel.module.css";

/** Through which profile the chosen provider is reached, where that leads, and what keeps it from being used. */
export function ProfileLine() {
  const { app, provider, dispatch } = useWindow();
  const [now] = useState(() => Date.now());
  const form = app.profiles.forms.find((one) => one.provider === app.settings.provider);
  if (provider === undefined) return null;
  const problem =
    provider.problem === null ? null : (
      <MessageBar tone="bad" role="alert">
        <FailureMessage failure={provider.problem} />
      </MessageBar>
    );
  if (form === undefined) return problem;
  const profile = app.profiles.list.find((one) => one.provider === provider.id && one.name === provider.profile);
  const isUnset = provider.profile === null;
  const setUp = (): void => dispatch({ kind: "settings", settings: { provider: isUnset ? provider.id : null } });
  return (
    <div className={styles["stack"]}>
      <div className={styles["buttons"]}>
        <EnvironmentChip environment={provider.environment} />
        {provider.profile === null ? null : <span className={styles["strong"]}>{provider.profile}</span>}
        <ActionButton size="small" look="quiet" onPress={setUp}>
          {text(isUnset ? "provider.set-up" : "provider.change-profile")}
        </ActionButton>
      </div>
      {profile === undefined
        ? null
        : certificateWarnings(form, profile, now).map((warning) => (
            <p key={warning} className={styles["warning"]}>
              {warning}
            </p>
          ))}
      {problem}
    </div>
  );
}
