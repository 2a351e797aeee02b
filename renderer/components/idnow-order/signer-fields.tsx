import { SIGNER_FIELDS } from "../../../shared/signer-fields.ts";
import type { SignerField } from "../../../shared/signer-fields.ts";
import { changedSigner, leftField, shownProblem } from "../../state/idnow-draft.ts";
import type { SignerDraft } from "../../state/idnow-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { TextInput } from "../controls/text-input.tsx";
import styles from "./idnow-order.module.css";

interface SignerFieldsProps {
  readonly signer: SignerDraft;
  /** From 0. */
  readonly index: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

const KINDS = { givenName: "name", surname: "name", email: "email", mobile: "tel" } as const;
/** More than may be sent: what is too long is told, not cut off unseen. A phone number holds blanks, too. */
const MAXIMUM_TYPED = 120;

/** One signer: who it is, and how to reach the person. */
export function SignerFields({ signer, index, count, onMove, onRemove }: SignerFieldsProps) {
  const number = index + 1;
  const name = signerName(signer, number);
  return (
    <div
      role="group"
      className={styles["signer"]}
      aria-label={text("order.signer", { number })}
      data-signer={signer.key}
    >
      <div className={styles["head"]}>
        <span className={styles["name"]}>{text("order.signer", { number })}</span>
        {count === 1 ? null : (
          <span className={styles["tools"]}>
            <span data-move="-1">
              <IconButton
                icon="up"
                label={text("order.signer-up", { name })}
                isDisabled={index === 0}
                onPress={() => onMove(-1)}
              />
            </span>
            <span data-move="1">
              <IconButton
                icon="down"
                label={text("order.signer-down", { name })}
                isDisabled={number === count}
                onPress={() => onMove(1)}
              />
            </span>
            <IconButton icon="close" label={text("order.signer-remove", { name })} onPress={onRemove} />
          </span>
        )}
      </div>
      <div className={styles["names"]}>
        {SIGNER_FIELDS.slice(0, 2).map((field) => (
          <Field key={field} signer={signer} index={index} field={field} />
        ))}
      </div>
      {SIGNER_FIELDS.slice(2).map((field) => (
        <Field key={field} signer={signer} index={index} field={field} />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly signer: SignerDraft;
  readonly index: number;
  readonly field: SignerField;
}

function Field({ signer, index, field }: FieldProps) {
  const { view, dispatch } = useWindow();
  const problem = shownProblem(view.order, index, field);
  return (
    <TextInput
      label={text(`order.${field}`)}
      value={signer[field]}
      kind={KINDS[field]}
      maximumLength={MAXIMUM_TYPED}
      {...(field === "mobile" ? { placeholder: text("order.mobile-placeholder") } : {})}
      problem={problem === null ? null : problemText(field, problem)}
      onChange={(value) =>
        dispatch({ kind: "order", change: (order) => changedSigner(order, signer.key, { [field]: value }) })
      }
      onLeave={() => dispatch({ kind: "order", change: (order) => leftField(order, signer.key, field) })}
    />
  );
}

function problemText(field: SignerField, problem: NonNullable<ReturnType<typeof shownProblem>>): string {
  return problem === "missing" ? text(`order.missing.${field}`) : text(`order.wrong.${problem}`);
}

/** The name as far as it is typed, or "Signer 2". */
export function signerName({ givenName, surname }: SignerDraft, number: number): string {
  const name = `${givenName.trim()} ${surname.trim()}`.trim();
  return name === "" ? text("order.signer", { number }) : name;
}
