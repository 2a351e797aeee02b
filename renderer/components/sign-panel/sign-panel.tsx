import type { ProviderId } from "../../../shared/ids.ts";
import { providerName } from "../../text/provider-name.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { InitialsSection } from "./initials-section.tsx";
import { MarkSection } from "./mark-section.tsx";
import { OptionsSection } from "./options-section.tsx";
import { OutputSection } from "./output-section.tsx";
import { SignButton } from "./sign-button.tsx";
import styles from "./sign-panel.module.css";

/** The right pane's first tab: how the selected documents will be signed. */
export function SignPanel() {
  return (
    <div className={styles["panel"]}>
      {/* Scrolls; all of its content can be reached by keyboard. */}
      <div className={styles["scroll"]}>
        <ProviderSection />
        <MarkSection />
        <InitialsSection />
        <OptionsSection />
        <OutputSection />
      </div>
      <SignButton />
    </div>
  );
}

type SettableProvider = "itsme" | "certificate";
const isSettable = (id: ProviderId): id is SettableProvider => id === "itsme" || id === "certificate";

function ProviderSection() {
  const { app, provider, actions } = useWindow();
  const { level } = app.settings;
  const options = app.providers.map(({ id, available }) => ({
    value: id,
    label: available ? providerName(id) : `${providerName(id)} (${text("provider.not-set-up")})`,
    disabled: !available,
  }));
  return (
    <section className={styles["section"]}>
      <Choice
        label={text("provider.label")}
        value={app.settings.provider}
        options={options}
        onChange={(id) => {
          if (isSettable(id)) void actions.changeSettings({ provider: id });
        }}
      />
      {provider === undefined ? null : (
        <p className={styles["help"]}>
          {text(`provider.needs.${provider.id}`, { count: provider.maximumDocuments })}{" "}
          {text(`provider.sends.${provider.takes}`)}
        </p>
      )}
      <Choice
        label={text("level.label")}
        value={level}
        options={[
          { value: "B-B", label: text("level.B-B") },
          { value: "B-T", label: text("level.B-T") },
          { value: "B-LT", label: text("level.B-LT") },
          { value: "B-LTA", label: text("level.B-LTA") },
        ]}
        help={text(`level.${level}-help`)}
        onChange={(next) => void actions.changeSettings({ level: next })}
      />
    </section>
  );
}
