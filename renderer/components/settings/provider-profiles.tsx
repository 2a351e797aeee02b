import { useState } from "react";
import type { ProviderId } from "../../../shared/ids.ts";
import type { ProfileForm, ProfileView } from "../../../shared/profiles.ts";
import { useWindow } from "../../state/window-context.tsx";
import { certificateWarnings } from "../../text/certificate-warnings.ts";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { EnvironmentChip } from "../controls/environment-chip.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import styles from "./settings.module.css";

interface ProviderProfilesProps {
  /** What was done last. */
  readonly said: string;
  readonly onNew: (provider: ProviderId) => void;
  readonly onEdit: (profile: ProfileView) => void;
}

/** Every provider that can be set up, with its profiles. */
export function ProviderProfiles({ said, onNew, onEdit }: ProviderProfilesProps) {
  const { app } = useWindow();
  const { forms } = app.profiles;
  const { state } = app.vault;
  return (
    <section className={styles["section"]} aria-labelledby="settings-providers">
      <h3 className={styles["title"]} id="settings-providers">
        {text("settings.providers")}
      </h3>
      <p className={styles["muted"]}>{text("settings.providers-help")}</p>
      <p role="status" className={said === "" ? styles["spoken"] : styles["good"]}>
        {said}
      </p>
      {state === "missing" || state === "locked" ? (
        <MessageBar tone="warn">
          <p>
            {text(`vault.state.${state}`)} {text("vault.session-help")}
          </p>
        </MessageBar>
      ) : null}
      {forms.map((form) => (
        <Provider key={form.provider} form={form} onNew={onNew} onEdit={onEdit} />
      ))}
    </section>
  );
}

type ProviderProps = Omit<ProviderProfilesProps, "said"> & { readonly form: ProfileForm };

function Provider({ form, onNew, onEdit }: ProviderProps) {
  const { provider } = form;
  const { app, actions } = useWindow();
  const profiles = app.profiles.list.filter((profile) => profile.provider === provider);
  const name = providerName(provider);
  const isPractice = !profiles.some(({ active }) => active);
  return (
    <section className={styles["provider"]} aria-label={name}>
      <h4 className={styles["subtitle"]}>
        {name}
        <ActionButton size="small" onPress={() => onNew(provider)}>
          {text("settings.set-up", { provider: name })}
        </ActionButton>
      </h4>
      {profiles.length === 0 ? (
        <p className={styles["muted"]}>{text("settings.practice-only")}</p>
      ) : (
        <>
          <ul className={styles["list"]} aria-label={text("settings.profiles-of", { provider: name })}>
            {profiles.map((profile) => (
              <Profile key={profile.name} form={form} profile={profile} onEdit={() => onEdit(profile)} />
            ))}
          </ul>
          {isPractice ? (
            <p className={styles["muted"]}>{text("settings.practice-now")}</p>
          ) : (
            <div className={styles["buttons"]}>
              <ActionButton size="small" look="quiet" onPress={() => void actions.takeProfile(provider, null)}>
                {text("settings.use-practice")}
              </ActionButton>
            </div>
          )}
        </>
      )}
    </section>
  );
}

interface ProfileProps {
  readonly form: ProfileForm;
  readonly profile: ProfileView;
  readonly onEdit: () => void;
}

function Profile({ form, profile, onEdit }: ProfileProps) {
  const { actions } = useWindow();
  const { provider, name, environment, active, missing, keeping } = profile;
  const [asked, setAsked] = useState(false);
  const [now] = useState(() => Date.now());
  const named = { name, provider: providerName(provider) };
  const warnings = certificateWarnings(form, profile, now);
  return (
    <li className={styles["row"]}>
      <div className={styles["rowText"]}>
        <span className={styles["rowName"]}>
          {name}
          <EnvironmentChip environment={environment} />
          {active ? <span className={styles["good"]}>{text("settings.in-use")}</span> : null}
        </span>
        {missing.length === 0 ? null : <span className={styles["problem"]}>{text("settings.secret-missing")}</span>}
        {keeping === "stored" ? null : <span className={styles["warning"]}>{text(`vault.profile-${keeping}`)}</span>}
        {warnings.map((warning) => (
          <span key={warning} className={styles["warning"]}>
            {warning}
          </span>
        ))}
      </div>
      <div className={styles["buttons"]}>
        {active ? null : (
          <ActionButton
            size="small"
            aria-label={text("settings.use-named", named)}
            onPress={() => void actions.takeProfile(provider, name)}
          >
            {text("settings.use")}
          </ActionButton>
        )}
        <ActionButton size="small" aria-label={text("settings.edit-named", named)} onPress={onEdit}>
          {text("settings.edit")}
        </ActionButton>
        {asked ? (
          <ActionButton
            size="small"
            autoFocus
            aria-label={text("settings.delete-sure-named", named)}
            onBlur={() => setAsked(false)}
            onPress={() => void actions.removeProfile(provider, name)}
          >
            {text("settings.delete-sure")}
          </ActionButton>
        ) : (
          <ActionButton
            size="small"
            look="quiet"
            aria-label={text("settings.delete-named", named)}
            onPress={() => setAsked(true)}
          >
            {text("settings.delete")}
          </ActionButton>
        )}
      </div>
    </li>
  );
}
