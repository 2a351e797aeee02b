import type { ProfileView } from "../../../shared/profiles.ts";
import type { NeedingProfile } from "../../../shared/vault.ts";
import { useWindow } from "../../state/window-context.tsx";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./settings.module.css";

interface NeedingProfilesProps {
  /** What was kept cannot be opened any more: before anything is filled in, the vault has to be begun anew. */
  readonly isLost: boolean;
  readonly onEdit: (profile: ProfileView) => void;
}

/** Profiles whose secrets have to be filled in again, and what waits for that. */
export function NeedingProfiles({ isLost, onEdit }: NeedingProfilesProps) {
  const { app } = useWindow();
  const { needing } = app.vault;
  if (needing.length === 0) return null;
  const profileOf = (one: NeedingProfile): ProfileView | undefined =>
    app.profiles.list.find(({ provider, name }) => provider === one.provider && name === one.name);
  return (
    <div className={styles["stack"]}>
      <p className={styles["label"]} id="settings-needing">
        {text("vault.needing")}
      </p>
      <ul className={styles["list"]} aria-labelledby="settings-needing">
        {needing.map((one) => {
          const profile = profileOf(one);
          const named = { provider: providerName(one.provider), name: one.name };
          return (
            <li key={`${one.provider} ${one.name}`} className={styles["row"]}>
              <div className={styles["rowText"]}>
                <span className={styles["rowName"]}>{`${named.provider}: ${named.name}`}</span>
                {one.runs === 0 ? null : (
                  <span className={styles["warning"]}>{text("vault.needing-runs", { count: one.runs })}</span>
                )}
              </div>
              {profile === undefined || isLost ? null : (
                <ActionButton
                  size="small"
                  aria-label={text("vault.fill-in-named", named)}
                  onPress={() => onEdit(profile)}
                >
                  {text("vault.fill-in")}
                </ActionButton>
              )}
            </li>
          );
        })}
      </ul>
      <p className={styles["muted"]}>{text(isLost ? "vault.needing-later" : "vault.needing-now")}</p>
    </div>
  );
}
