import type { MarkQr } from "../../../shared/mark-design.ts";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { TextInput } from "../controls/text-input.tsx";
import styles from "./mark-editor.module.css";

interface QrChoiceProps {
  readonly qr: MarkQr | null;
  readonly onChange: (qr: MarkQr | null) => void;
}

const KINDS = ["none", "digest", "url", "text"] as const;
const LONGEST = 2_000;

function first(kind: (typeof KINDS)[number]): MarkQr | null {
  switch (kind) {
    case "none":
      return null;
    case "digest":
      return { kind };
    case "url":
      return { kind, url: "https://" };
    case "text":
      return { kind, text: "" };
  }
}

/** What the QR code of the mark holds, if it has one. */
export function QrChoice({ qr, onChange }: QrChoiceProps) {
  return (
    <div className={styles["group"]}>
      <Choice
        label={text("marks.qr")}
        value={qr?.kind ?? "none"}
        options={KINDS.map((kind) => ({ value: kind, label: text(`marks.qr.${kind}`) }))}
        onChange={(kind) => onChange(first(kind))}
      />
      {qr?.kind === "digest" ? <p className={styles["help"]}>{text("marks.qr-digest-help")}</p> : null}
      {qr?.kind === "url" ? (
        <>
          <TextInput
            label={text("marks.qr-url")}
            value={qr.url}
            maximumLength={LONGEST}
            onChange={(url) => onChange({ kind: "url", url })}
          />
          <p className={styles["help"]}>{text("marks.qr-url-help")}</p>
        </>
      ) : null}
      {qr?.kind === "text" ? (
        <TextInput
          label={text("marks.qr-text")}
          value={qr.text}
          maximumLength={LONGEST}
          onChange={(value) => onChange({ kind: "text", text: value })}
        />
      ) : null}
    </div>
  );
}
