import { useState } from "react";
import { isVaultTrouble } from "../../../shared/failure.ts";
import type { Failure } from "../../../shared/failure.ts";
import { useWindow } from "../../state/window-context.tsx";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { FailureMessage } from "../failure/failure-message.tsx";
import { ProblemBar } from "../failure/problem-bar.tsx";
import styles from "./notices.module.css";

/** What went wrong just now, which files were refused, and what main wants to be known. */
export function Notices() {
  const { app, view, dispatch } = useWindow();
  const [seen, setSeen] = useState<readonly string[]>([]);
  const notices = app.app.notices.filter(({ code }) => !seen.includes(code));
  // What stops all signing stays in sight.
  const isLasting = ({ code }: Failure): boolean => code.startsWith("self-check.");
  return (
    <section className={styles["notices"]} aria-label={text("notices.title")}>
      {view.settings !== null || view.history !== null || view.diagnostics ? null : <ProblemBar />}
      {view.refused.length === 0 ? null : (
        <MessageBar
          tone="warn"
          role="alert"
          buttons={<CloseButton onPress={() => dispatch({ kind: "refused", refused: [] })} />}
        >
          <p className={styles["title"]}>{text("refused.title", { count: view.refused.length })}</p>
          <ul className={styles["refused"]}>
            {view.refused.map(({ name, failure }, index) => (
              <li key={`${index}-${name}`}>
                <strong>{name}</strong>: {failureText(failure, "what")} {failureText(failure, "why")}{" "}
                {failureText(failure, "next")}
              </li>
            ))}
          </ul>
        </MessageBar>
      )}
      {notices.map((failure) => (
        <MessageBar
          key={failure.code}
          {...(isLasting(failure)
            ? { tone: "bad", role: "alert" }
            : {
                tone: "warn",
                buttons: (
                  <>
                    {isVaultTrouble(failure) ? (
                      <ActionButton
                        size="small"
                        onPress={() => dispatch({ kind: "settings", settings: { provider: null } })}
                      >
                        {text("vault.open-settings")}
                      </ActionButton>
                    ) : null}
                    <CloseButton onPress={() => setSeen([...seen, failure.code])} />
                  </>
                ),
              })}
        >
          <FailureMessage failure={failure} />
        </MessageBar>
      ))}
    </section>
  );
}

function CloseButton({ onPress }: { readonly onPress: () => void }) {
  return <IconButton icon="close" label={text("common.dismiss")} onPress={onPress} />;
}
