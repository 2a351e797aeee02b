import { MAXIMUM_CHECKBOXES, MAXIMUM_CHECKBOX_LENGTH } from "../../../shared/signer-fields.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { TextInput } from "../controls/text-input.tsx";
import { Icon } from "../icon/icon.tsx";
import panel from "../sign-panel/sign-panel.module.css";
import styles from "./idnow-order.module.css";

interface CheckboxesProps {
  readonly lines: readonly string[];
  readonly onChange: (lines: readonly string[]) => void;
}

/** Sentences that a signer has to tick on IDnow's page before signing. */
export function Checkboxes({ lines, onChange }: CheckboxesProps) {
  return (
    <div className={panel["stack"]}>
      <p className={panel["caption"]}>{text("order.boxes")}</p>
      <p className={panel["help"]}>{text("order.boxes-help")}</p>
      {lines.map((line, index) => (
        // Sentences have no name of their own; their place is what they are known by.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles["box"]}>
          <TextInput
            label={text("order.box", { number: index + 1 })}
            value={line}
            maximumLength={MAXIMUM_CHECKBOX_LENGTH}
            onChange={(next) => onChange(lines.with(index, next))}
          />
          <IconButton
            icon="close"
            label={text("order.box-remove", { number: index + 1 })}
            onPress={() => onChange(lines.filter((_, other) => other !== index))}
          />
        </div>
      ))}
      {lines.length >= MAXIMUM_CHECKBOXES ? null : (
        <div>
          <ActionButton size="small" onPress={() => onChange([...lines, ""])}>
            <Icon name="add" />
            {text("order.box-add")}
          </ActionButton>
        </div>
      )}
    </div>
  );
}
