import { useState } from "react";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { TextInput } from "../controls/text-input.tsx";
import styles from "./sign-panel.module.css";

/** Who confirms the time of a signature with a local certificate. */
export function TimestampService() {
  const { app } = useWindow();
  if (app.settings.certificate?.kind === "practice") {
    return <p className={styles["help"]}>{text("timestamp.practice")}</p>;
  }
  return (
    <>
      <h3 className={styles["title"]}>{text("timestamp.title")}</h3>
      <TimestampForm />
    </>
  );
}

/** The address of the timestamp service that is used for everything but practice. */
export function TimestampForm() {
  const { app, actions } = useWindow();
  const { timestampUrl, fixed } = app.settings;
  const [address, setAddress] = useState(timestampUrl ?? "");
  const [wrong, setWrong] = useState(false);
  const [shown, setShown] = useState(timestampUrl);
  if (shown !== timestampUrl) {
    // Saved, removed, or changed in the other place that has this form: what is in force is what stands here.
    setShown(timestampUrl);
    setAddress(timestampUrl ?? "");
    setWrong(false);
  }
  const save = (): void => {
    const url = address.trim() === "" ? null : webAddress(address.trim());
    setWrong(url === undefined);
    if (url !== undefined) void actions.changeSettings({ timestampUrl: url });
  };
  const remove = (): void => void actions.changeSettings({ timestampUrl: null });
  if (fixed.includes("timestampUrl") && timestampUrl !== null) {
    return (
      <>
        <p className={styles["address"]}>{timestampUrl}</p>
        <p className={styles["help"]}>{text("policy.set-by-administrator")}</p>
      </>
    );
  }
  return (
    <form
      className={styles["stack"]}
      aria-label={text("timestamp.title")}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        label={text("timestamp.label")}
        placeholder={text("timestamp.placeholder")}
        value={address}
        maximumLength={2_000}
        onChange={setAddress}
      />
      {wrong ? (
        <p className={styles["warning"]} role="alert">
          {text("timestamp.wrong")}
        </p>
      ) : null}
      <div className={styles["buttons"]}>
        <ActionButton size="small" onPress={save} isDisabled={address.trim() === (timestampUrl ?? "")}>
          {text("timestamp.save")}
        </ActionButton>
        {timestampUrl === null ? null : (
          <ActionButton size="small" look="quiet" onPress={remove}>
            {text("timestamp.remove")}
          </ActionButton>
        )}
      </div>
      <p className={styles["help"]}>
        {timestampUrl === null
          ? text("timestamp.none")
          : text("timestamp.set", { host: URL.parse(timestampUrl)?.host ?? "" })}
      </p>
    </form>
  );
}

/** What was typed as an address, with https in front when there is no scheme; undefined when it is none. */
function webAddress(typed: string): string | undefined {
  // Chromium makes an address of words with blanks between them, with %20 in the host.
  if (/\s/u.test(typed)) return undefined;
  const url = URL.parse(/^[a-z]+:\/\//iu.test(typed) ? typed : `https://${typed}`);
  return url !== null && /^https?:$/u.test(url.protocol) && url.host !== "" ? url.href : undefined;
}
