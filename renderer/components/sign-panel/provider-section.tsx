import type { PadesLevel } from "../../../shared/verification.ts";
import { signingSettings } from "../../state/signing-settings.ts";
import { useWindow } from "../../state/window-context.tsx";
import { providerChoiceName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { ProfileLine } from "./profile-line.tsx";
import styles from "./sign-panel.module.css";

const LEVELS = ["B-B", "B-T", "B-LT", "B-LTA"] as const satisfies readonly PadesLevel[];

/** With what, and with which proof of time. */
export function ProviderSection() {
  const { app, provider, actions } = useWindow();
  const { level } = signingSettings(app.settings, provider);
  const isBroken = provider !== undefined && provider.problem !== null;
  const options = app.providers.map(({ id, available, takes }) => ({
    value: id,
    label: available ? providerChoiceName(id) : `${providerChoiceName(id)} (${text("provider.not-set-up")})`,
    description: `${text(`provider.for.${id}`)} ${text(id === "certificate" ? "provider.leaves.nothing" : `provider.leaves.${takes}`)}`,
    disabled: !available,
  }));
  return (
    <section className={styles["section"]}>
      <Choice
        label={text("provider.label")}
        value={app.settings.provider}
        options={options}
        onChange={(id) => void actions.changeSettings({ provider: id })}
      />
      <ProfileLine />
      {provider === undefined || isBroken ? null : (
        <p className={styles["help"]}>
          {text(`provider.needs.${provider.id}`, { count: provider.maximumDocuments })}
          {provider.id === "certificate" || provider.takes === "document"
            ? ""
            : ` ${text(`provider.sends.${provider.takes}`)}`}
        </p>
      )}
      {provider?.takes === "document" ? <p className={styles["warning"]}>{text("provider.sends.document")}</p> : null}
      {/* Levels are those of a signature in the PDF. A signed text has none, but the organisation's seal has. */}
      {provider?.bankid?.sealedBy === null || isBroken ? null : (
        <Choice
          label={text(provider?.takes === "text" ? "level.label-seal" : "level.label")}
          value={level}
          options={LEVELS.filter((one) => provider === undefined || provider.levels.includes(one)).map((one) => ({
            value: one,
            label: text(`level.${one}`),
          }))}
          help={text(`level.${level}-help`)}
          onChange={(next) => void actions.changeSettings({ level: next })}
        />
      )}
    </section>
  );
}
