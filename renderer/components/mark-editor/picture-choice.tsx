import { useState } from "react";
import type { DragEvent } from "react";
import type { Failure } from "../../../shared/failure.ts";
import type { Sha256Hex } from "../../../shared/ids.ts";
import type { Answer, ChosenPicture } from "../../../shared/ipc.ts";
import { bridge } from "../../bridge.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { FailureMessage } from "../failure/failure-message.tsx";
import { usePicture } from "../mark-drawing/use-picture.ts";
import styles from "./mark-editor.module.css";

interface PictureChoiceProps {
  readonly picture: Sha256Hex | null;
  readonly onChange: (picture: Sha256Hex | null) => void;
}

/** Chosen in the system's dialog, or dropped here. What cannot be used says why, here. */
export function PictureChoice({ picture, onChange }: PictureChoiceProps) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const address = usePicture(picture);
  const take = async (asked: Promise<Answer<ChosenPicture | null>>): Promise<void> => {
    const answer = await asked;
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok && answer.value !== null) onChange(answer.value.picture);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    const add = async (): Promise<Answer<ChosenPicture>> =>
      bridge.invoke("marks.addPicture", { bytes: new Uint8Array(await file.arrayBuffer()) });
    void take(add());
  };
  return (
    <div
      className={styles["picture"]}
      // The window opens what is dropped elsewhere as documents.
      data-takes-pictures=""
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      {address === null ? null : (
        <span className={styles["thumbnail"]}>
          <img src={address} alt={text("marks.picture")} />
        </span>
      )}
      <div className={styles["pictureWords"]}>
        <div className={styles["buttons"]}>
          <ActionButton size="small" onPress={() => void take(bridge.invoke("marks.choosePicture", {}))}>
            {text("marks.choose-picture")}
          </ActionButton>
          {picture === null ? null : (
            <ActionButton size="small" look="quiet" onPress={() => onChange(null)}>
              {text("marks.remove-picture")}
            </ActionButton>
          )}
        </div>
        <p className={styles["help"]}>{text("marks.drop-picture")}</p>
      </div>
      {failure === null ? null : (
        <div className={styles["failure"]} role="alert">
          <FailureMessage failure={failure} />
        </div>
      )}
    </div>
  );
}
