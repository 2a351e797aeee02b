import { useRef, useState } from "react";
import type { Failure } from "../../../shared/failure.ts";
import type { Answer } from "../../../shared/ipc.ts";
import type { ProfileView } from "../../../shared/profiles.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { FailureMessage } from "../failure/failure-message.tsx";
import { KeychainState } from "./keychain-state.tsx";
import { NeedingProfiles } from "./needing-profiles.tsx";
import { SureButton } from "./sure-button.tsx";
import styles from "./settings.module.css";

/** Where secrets are kept: how the keychain stands, and what a person can do about it. */
export function KeychainSection({ onEdit }: { readonly onEdit: (profile: ProfileView) => void }) {
  const { app, actions } = useWindow();
  const { vault } = app;
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const outcome = useRef<HTMLDivElement>(null);

  /** `told`: the sentence that says what was done. */
  async function doing<T>(words: string, work: () => Promise<Answer<T>>, told: (value: T) => string): Promise<void> {
    setBusy(true);
    setProblem(null);
    setSaid(words);
    const answer = await work();
    setSaid(answer.ok ? told(answer.value) : "");
    setProblem(answer.ok ? null : answer.failure);
    setBusy(false);
    // The button that was pressed may be gone, and the focus with it.
    outcome.current?.focus();
  }
  const incomplete = (isComplete: boolean): string => (isComplete ? "" : ` ${text("vault.incomplete")}`);
  const tryAgain = () =>
    doing(
      text("vault.trying"),
      () => actions.askKeychain(),
      ({ state }) => text(`vault.still.${state}`),
    );
  const renew = () =>
    doing(
      text("vault.renewing"),
      () => actions.renewKey(),
      ({ records, complete }) => text("vault.renewed", { count: records }) + incomplete(complete),
    );
  const removeAll = () =>
    doing(
      "",
      () => actions.removeAccessData(),
      ({ complete }) => text("vault.removed") + incomplete(complete),
    );
  const startAfresh = () =>
    doing(
      "",
      () => actions.startVaultAfresh(),
      ({ setAside }) => text("vault.afresh-done", { name: setAside }),
    );

  const isLost = vault.state === "key-lost" || vault.state === "damaged";
  const isEmpty = vault.stored + vault.session === 0;
  return (
    <section className={styles["section"]} aria-labelledby="settings-keychain">
      <h3 className={styles["title"]} id="settings-keychain">
        {text("vault.title")}
      </h3>
      <p className={styles["muted"]}>{text("vault.help")}</p>
      <KeychainState vault={vault} isBusy={isBusy} onTryAgain={() => void tryAgain()} />
      <NeedingProfiles isLost={isLost} onEdit={onEdit} />
      <div ref={outcome} tabIndex={-1} role="group" aria-label={text("vault.outcome")} className={styles["stack"]}>
        <p role="status" className={said === "" ? styles["spoken"] : styles["told"]}>
          {said}
        </p>
        {problem === null ? null : (
          <MessageBar tone="bad" role="alert">
            <FailureMessage failure={problem} />
          </MessageBar>
        )}
      </div>
      {isLost ? (
        <SureButton
          help={text("vault.afresh-help")}
          ask={text("vault.afresh")}
          question={text("vault.afresh-sure")}
          confirm={text("vault.afresh-do")}
          isDisabled={isBusy}
          onSure={() => void startAfresh()}
        />
      ) : null}
      {vault.state === "usable" ? (
        <div className={styles["stack"]}>
          <p className={styles["muted"]}>{text("vault.renew-help")}</p>
          <div className={styles["buttons"]}>
            <ActionButton size="small" isDisabled={isBusy} onPress={() => void renew()}>
              {text("vault.renew")}
            </ActionButton>
          </div>
        </div>
      ) : null}
      {isLost || isEmpty || vault.state === "opening" || vault.state === "locked" ? null : (
        <SureButton
          help={text("vault.remove-help")}
          ask={text("vault.remove")}
          question={text("vault.remove-sure")}
          confirm={text("vault.remove-do")}
          isDisabled={isBusy}
          onSure={() => void removeAll()}
        />
      )}
    </section>
  );
}
