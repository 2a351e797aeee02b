import { useEffect, useId, useState } from "react";
import type { ReactNode, RefObject } from "react";
import { text } from "../../text/text.ts";
import styles from "./controls.module.css";
import { TickBox } from "./tick-box.tsx";

interface SecretInputProps {
  readonly label: string;
  /**
   * SECURITY: what is typed stays in the input element and is read there once; it is in no state, so that nothing that draws,
   * logs or records state can have it.
   */
  readonly input: RefObject<HTMLInputElement | null>;
  readonly maximumLength: number;
  /** Only digits are expected (a PIN); letters are taken all the same. */
  readonly digits?: boolean;
  readonly disabled?: boolean;
  /** Said together with the label: what was wrong with the last try. */
  readonly problem?: ReactNode;
  /** Said together with the label: what it is for. */
  readonly help?: string;
  /** It is what the dialog is about, so it has the focus at once. */
  readonly takesFocus?: boolean;
}

/** A password or PIN. Pasting works, as password managers need it. */
export function SecretInput({
  label,
  input,
  maximumLength,
  digits = false,
  disabled = false,
  problem = null,
  help,
  takesFocus = true,
}: SecretInputProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!takesFocus) return;
    // With large text the dialog scrolls; what the person is asked for must be in view.
    input.current?.focus();
    input.current?.scrollIntoView({ block: "nearest" });
  }, [input, takesFocus]);
  const described = [...(help === undefined ? [] : [`${id}-help`]), ...(problem === null ? [] : [`${id}-problem`])];
  return (
    <div className={styles["field"]}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        className={styles["input"]}
        type={shown ? "text" : "password"}
        inputMode={digits ? "numeric" : "text"}
        maxLength={maximumLength}
        disabled={disabled}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        aria-invalid={problem === null ? undefined : true}
        aria-describedby={described.length === 0 ? undefined : described.join(" ")}
      />
      {help === undefined ? null : (
        <p id={`${id}-help`} className={styles["help"]}>
          {help}
        </p>
      )}
      {problem === null ? null : (
        <div id={`${id}-problem`} className={styles["problem"]} role="alert">
          {problem}
        </div>
      )}
      <TickBox isSelected={shown} onChange={setShown}>
        {text("secret.show")}
      </TickBox>
    </div>
  );
}
