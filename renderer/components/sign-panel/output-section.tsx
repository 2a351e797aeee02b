import { planSigning } from "../../state/sign-request.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./sign-panel.module.css";

/** Where the signed copies go and what they will be called. */
export function OutputSection() {
  const { app, view, selected, actions, provider } = useWindow();
  const { outputFolder, fixed } = app.settings;
  const { documents } = planSigning(selected, view.mark, view.current, provider?.takes);
  const [first] = documents;
  return (
    <section className={styles["section"]} aria-label={text("output.title")}>
      <h2 className={styles["title"]}>{text("output.title")}</h2>
      <dl className={styles["facts"]}>
        {first === undefined ? null : (
          <div>
            <dt>{text("output.name")}</dt>
            <dd>
              {text("output.names", { count: documents.length, name: first.outputName, more: documents.length - 1 })}
            </dd>
          </div>
        )}
        <div>
          <dt>{text("output.folder")}</dt>
          <dd>{outputFolder ?? text("output.beside")}</dd>
        </div>
      </dl>
      {fixed.includes("outputFolder") ? (
        <p className={styles["help"]}>{text("policy.set-by-administrator")}</p>
      ) : (
        <div className={styles["buttons"]}>
          <ActionButton size="small" onPress={() => void actions.chooseOutputFolder(false)}>
            {text("output.choose")}
          </ActionButton>
          {outputFolder === null ? null : (
            <ActionButton size="small" look="quiet" onPress={() => void actions.chooseOutputFolder(true)}>
              {text("output.reset")}
            </ActionButton>
          )}
        </div>
      )}
      <p className={styles["help"]}>{text("output.untouched")}</p>
    </section>
  );
}
