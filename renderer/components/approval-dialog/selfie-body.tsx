import { useEffect, useId, useState } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import { MAXIMUM_SELFIE_BYTES } from "../../../shared/interaction.ts";
import type { SelfieInteraction } from "../../../shared/interaction.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import controls from "../controls/controls.module.css";
import styles from "./approval-dialog.module.css";
import { FailureSentences } from "./failure-sentences.tsx";
import selfie from "./selfie-body.module.css";
import { useSentAnswer } from "./use-sent-answer.ts";
import { WaitingTime } from "./waiting-time.tsx";

interface SelfieBodyProps {
  readonly run: TransactionView;
  readonly interaction: SelfieInteraction;
}

interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For the preview only. */
  readonly address: string;
}

/** A picture of the face from a file, looked at before it is sent. SECURITY: it lives as long as this question. */
export function SelfieBody({ run, interaction }: SelfieBodyProps) {
  const { sent, answer } = useSentAnswer(run, interaction);
  const id = useId();
  const [picture, setPicture] = useState<Picture | null>(null);
  const [isUnfit, setIsUnfit] = useState(false);
  useEffect(() => () => URL.revokeObjectURL(picture?.address ?? ""), [picture]);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const bytes = file.size > MAXIMUM_SELFIE_BYTES ? null : new Uint8Array(await file.arrayBuffer());
    const isJpeg = bytes !== null && bytes[0] === 0xff && bytes[1] === 0xd8;
    setIsUnfit(!isJpeg);
    setPicture(isJpeg ? { bytes, address: URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })) } : null);
  };
  const send = (): void => {
    if (picture !== null) void answer({ kind: "selfie", image: picture.bytes });
  };
  return (
    <>
      {interaction.problem === null ? null : <FailureSentences failure={interaction.problem} tone="warn" />}
      <div className={styles["code"]}>
        <label className={controls["label"]} htmlFor={id}>
          {text("selfie.label")}
        </label>
        <input
          id={id}
          type="file"
          accept="image/jpeg"
          disabled={sent}
          className={selfie["file"]}
          aria-invalid={isUnfit ? true : undefined}
          aria-describedby={`${id}-help${isUnfit ? ` ${id}-problem` : ""}`}
          onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
        />
        {isUnfit ? (
          <p id={`${id}-problem`} className={controls["problem"]} role="alert">
            {text("selfie.unfit", { megabytes: MAXIMUM_SELFIE_BYTES / 1_048_576 })}
          </p>
        ) : null}
        <p id={`${id}-help`} className={controls["help"]}>
          {text("selfie.help")}
        </p>
      </div>
      {picture === null ? null : (
        <img className={selfie["preview"]} src={picture.address} alt={text("selfie.preview")} />
      )}
      <div className={styles["row"]}>
        <ActionButton look="primary" isDisabled={sent || picture === null} onPress={send}>
          {sent ? text("selfie.sending") : text("selfie.send")}
        </ActionButton>
      </div>
      <WaitingTime deadline={interaction.deadline} typical={null} />
    </>
  );
}
