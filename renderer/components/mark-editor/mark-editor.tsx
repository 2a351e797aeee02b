import { useState } from "react";
import { MARK_LAYOUTS } from "../../../shared/mark-design.ts";
import type { MarkDesign, MarkPreset } from "../../../shared/mark-design.ts";
import { USUAL_SIZE } from "../../placement/adjust-placement.ts";
import { chosenDesign } from "../../state/mark-looks.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Choice } from "../controls/choice.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { TextInput } from "../controls/text-input.tsx";
import { PaperPreview } from "../mark-drawing/paper-preview.tsx";
import { useMarkSize } from "../mark-drawing/use-mark-size.ts";
import { LinesChoice } from "./lines-choice.tsx";
import styles from "./mark-editor.module.css";
import { PictureChoice } from "./picture-choice.tsx";
import { QrChoice } from "./qr-choice.tsx";

/** Shown while a look of the mark is made or changed. */
export function MarkEditor() {
  const { app, view } = useWindow();
  const { editor } = view.mark;
  if (editor === null) return null;
  const preset = app.marks.presets.find(({ id }) => id === editor.id) ?? null;
  return <EditorSheet key={editor.id ?? ""} preset={preset} />;
}

function EditorSheet({ preset }: { readonly preset: MarkPreset | null }) {
  const { app, view, dispatch, actions } = useWindow();
  const [name, setName] = useState(preset?.name ?? "");
  const [design, setDesign] = useState<MarkDesign>(() => preset?.design ?? chosenDesign(view.mark.look, app.marks));
  const [saving, setSaving] = useState(false);
  const size = useMarkSize() ?? USUAL_SIZE;
  const close = (): void => dispatch({ kind: "mark", change: { editor: null } });
  const change = (part: Partial<MarkDesign>): void => setDesign((before) => ({ ...before, ...part }));
  const save = async (): Promise<void> => {
    setSaving(true);
    const saved = await actions.saveMark(preset?.id ?? null, name.trim(), design);
    setSaving(false);
    if (saved !== null) {
      dispatch({ kind: "mark", change: { editor: null, look: { kind: "preset", id: saved.id } } });
    }
  };
  const remove = async (): Promise<void> => {
    if (preset === null) return;
    await actions.removeMark(preset.id);
    close();
  };
  return (
    <ModalSheet
      title={text(preset === null ? "marks.editor-new" : "marks.editor-edit")}
      onClose={close}
      buttons={
        <>
          {preset === null ? null : (
            <span className={styles["delete"]}>
              <ActionButton look="quiet" onPress={() => void remove()}>
                {text("marks.delete")}
              </ActionButton>
            </span>
          )}
          <ActionButton onPress={close}>{text("common.cancel")}</ActionButton>
          <ActionButton look="primary" isDisabled={name.trim() === "" || saving} onPress={() => void save()}>
            {text("marks.save")}
          </ActionButton>
        </>
      }
    >
      <div className={styles["preview"]}>
        <p className={styles["caption"]}>{text("marks.preview")}</p>
        <PaperPreview what={{ kind: "mark", design }} width={size.width} height={size.height} />
      </div>
      <div className={styles["columns"]}>
        <div className={styles["fields"]}>
          <TextInput
            label={text("marks.name")}
            placeholder={text("marks.name-placeholder")}
            value={name}
            maximumLength={60}
            onChange={setName}
          />
          <div className={styles["group"]}>
            <p className={styles["caption"]}>{text("marks.picture")}</p>
            <PictureChoice
              picture={design.picture}
              onChange={(picture) => change({ picture, layout: layoutWith(design, picture !== null) })}
            />
          </div>
          {design.picture === null ? null : (
            <Choice
              label={text("marks.layout")}
              value={design.layout}
              options={MARK_LAYOUTS.map((layout) => ({ value: layout, label: text(`marks.layout.${layout}`) }))}
              onChange={(layout) => change({ layout })}
            />
          )}
        </div>
        <div className={styles["fields"]}>
          <LinesChoice design={design} onChange={change} />
          <QrChoice qr={design.qr} onChange={(qr) => change({ qr })} />
        </div>
      </div>
    </ModalSheet>
  );
}

/** A picture that was just chosen is meant to be seen. */
function layoutWith(design: MarkDesign, hasPicture: boolean): MarkDesign["layout"] {
  if (!hasPicture) return "text";
  return design.layout === "text" ? "picture-left" : design.layout;
}
