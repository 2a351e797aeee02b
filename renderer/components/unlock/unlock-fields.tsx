import { failureText, text } from "../../text/text.ts";
import { SecretInput } from "../controls/secret-input.tsx";
import styles from "./unlock.module.css";
import type { Unlock } from "./use-unlock.ts";

/** PDF takes 127 bytes at the most (ISO 32000-2 7.6.4.3.3). */
const MAXIMUM_LENGTH = 127;

/** The password of a document: the input, what was wrong with the last try, and what becomes of it. */
export function UnlockFields({ unlock }: { readonly unlock: Unlock }) {
  const { problem } = unlock;
  return (
    <>
      <SecretInput
        label={text("unlock.label")}
        input={unlock.input}
        maximumLength={MAXIMUM_LENGTH}
        problem={
          problem === null ? null : (
            <>
              <p>{failureText(problem, "what")}</p>
              <p>
                {failureText(problem, "why")} {failureText(problem, "next")}
              </p>
            </>
          )
        }
      />
      <p className={styles["muted"]}>{text("unlock.kept")}</p>
      <p className={styles["spoken"]} role="status">
        {unlock.checking ? text("unlock.checking") : ""}
      </p>
    </>
  );
}
