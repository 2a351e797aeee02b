import { useState } from "react";
import type { ProviderId } from "../../../shared/ids.ts";
import type { ProfileForm, ProfileView } from "../../../shared/profiles.ts";
import { draftOf, newDraft } from "../../state/profile-draft.ts";
import type { ProfileDraft } from "../../state/profile-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { ProblemBar } from "../failure/problem-bar.tsx";
import { BankIdRootsSection } from "./bankid-roots-section.tsx";
import { KeychainSection } from "./keychain-section.tsx";
import { ProfileEditor } from "./profile-editor.tsx";
import { ProviderProfiles } from "./provider-profiles.tsx";
import { TimestampSection } from "./timestamp-section.tsx";
import { TrustSection } from "./trust-section.tsx";

/** How this organisation signs: its providers, its timestamp service, and whom it trusts. */
export function SettingsDialog() {
  const { view } = useWindow();
  return view.settings === null ? null : <OpenSettings first={view.settings.provider} />;
}

function OpenSettings({ first }: { readonly first: ProviderId | null }) {
  const { app, dispatch } = useWindow();
  const { forms, list } = app.profiles;
  const formOf = (provider: ProviderId): ProfileForm | undefined => forms.find((form) => form.provider === provider);
  const blank = (provider: ProviderId): ProfileDraft | null => {
    const form = formOf(provider);
    const taken = list.filter((profile) => profile.provider === provider).map(({ name }) => name);
    return form === undefined ? null : newDraft(form, taken);
  };
  const [draft, setDraft] = useState<ProfileDraft | null>(() => (first === null ? null : blank(first)));
  const [said, setSaid] = useState("");
  const [lasts, setLasts] = useState(true);
  const close = (): void => dispatch({ kind: "settings", settings: null });
  const form = draft === null ? undefined : formOf(draft.provider);
  if (draft !== null && form !== undefined) {
    return (
      <ProfileEditor
        key={`${draft.provider} ${draft.isNew ? "" : draft.name}`}
        form={form}
        first={draft}
        onSaved={(words, isStored) => {
          setSaid(words);
          setLasts(isStored);
          setDraft(null);
        }}
        onCancel={() => setDraft(null)}
      />
    );
  }
  const edit = (profile: ProfileView): void => {
    setSaid("");
    setDraft(draftOf(profile));
  };
  return (
    <ModalSheet
      title={text("settings.title")}
      onClose={close}
      buttons={
        <ActionButton look="primary" onPress={close}>
          {text("settings.close")}
        </ActionButton>
      }
    >
      <ProblemBar />
      <ProviderProfiles
        // Once the keychain has taken the secrets, that they would end with the program is not true any more.
        said={lasts || app.vault.session > 0 ? said : ""}
        onNew={(provider) => {
          setSaid("");
          setDraft(blank(provider));
        }}
        onEdit={edit}
      />
      <KeychainSection onEdit={edit} />
      <TimestampSection />
      <TrustSection />
      <BankIdRootsSection />
    </ModalSheet>
  );
}
