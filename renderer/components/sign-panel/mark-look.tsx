import { chosenPreset } from "../../state/mark-looks.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Choice } from "../controls/choice.tsx";
import styles from "./sign-panel.module.css";

const USUAL = "usual";

/** Which of the saved marks is used, and the way to the editor. */
export function MarkLook() {
  const { app, view, dispatch, actions } = useWindow();
  const { presets, defaultPreset } = app.marks;
  const chosen = chosenPreset(view.mark.look, app.marks);
  const edit = (id: string | null): void => dispatch({ kind: "mark", change: { editor: { id }, drawing: false } });
  return (
    <div className={styles["stack"]}>
      <Choice
        label={text("marks.preset")}
        value={chosen ?? USUAL}
        options={[
          { value: USUAL, label: text(defaultPreset === null ? "marks.usual-default" : "marks.usual") },
          ...presets.map(({ id, name }) => ({
            value: id,
            label: id === defaultPreset ? text("marks.is-default", { name }) : name,
          })),
        ]}
        onChange={(id) =>
          dispatch({ kind: "mark", change: { look: id === USUAL ? { kind: "usual" } : { kind: "preset", id } } })
        }
      />
      <div className={styles["buttons"]}>
        {chosen === null ? null : (
          <ActionButton size="small" onPress={() => edit(chosen)}>
            {text("marks.edit")}
          </ActionButton>
        )}
        <ActionButton size="small" onPress={() => edit(null)}>
          {text("marks.new")}
        </ActionButton>
        {chosen === defaultPreset ? null : (
          <ActionButton size="small" look="quiet" onPress={() => void actions.setDefaultMark(chosen)}>
            {text("marks.make-default")}
          </ActionButton>
        )}
      </div>
    </div>
  );
}
