import { useEffect, useState } from "react";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { ProblemBar } from "../failure/problem-bar.tsx";
import styles from "./diagnostics.module.css";

/** Shows what will be in the file for support, before it is one. */
export function DiagnosticsDialog() {
  const { view } = useWindow();
  return view.diagnostics ? <OpenDialog /> : null;
}

function OpenDialog() {
  const { actions, dispatch } = useWindow();
  const [content, setContent] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    let gone = false;
    const read = async (): Promise<void> => {
      const made = await actions.readDiagnostics();
      if (!gone) setContent(made);
    };
    void read();
    return () => {
      gone = true;
    };
  }, [actions]);
  const close = (): void => dispatch({ kind: "diagnostics", open: false });
  const save = async (): Promise<void> => {
    setSaved(await actions.saveDiagnostics());
  };
  return (
    <ModalSheet
      title={text("diagnostics.title")}
      onClose={close}
      buttons={
        <>
          <span role="status" className={styles["saved"]}>
            {saved ? text("diagnostics.saved") : ""}
          </span>
          <ActionButton onPress={close}>{text("diagnostics.close")}</ActionButton>
          <ActionButton look="primary" isDisabled={content === null} onPress={() => void save()}>
            {text("diagnostics.save")}
          </ActionButton>
        </>
      }
    >
      <ProblemBar />
      <p className={styles["text"]}>{text("diagnostics.text")}</p>
      <textarea
        className={styles["content"]}
        aria-label={text("diagnostics.content")}
        readOnly
        spellCheck={false}
        value={content ?? ""}
      />
    </ModalSheet>
  );
}
