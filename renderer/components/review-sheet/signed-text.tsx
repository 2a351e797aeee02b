import type { TextPreview } from "../../../shared/app-state.ts";
import { text } from "../../text/text.ts";
import styles from "./review-sheet.module.css";

/** What is signed instead of the documents: the text, word for word, and what goes with it unseen. */
export function SignedText({ preview }: { readonly preview: TextPreview }) {
  return (
    <section className={styles["section"]}>
      <h3 className={styles["caption"]} id="review-text">
        {text("bankid.review.text")}
      </h3>
      {/* Scrolls when it is long, so it takes the focus. */}
      <pre
        className={styles["signedText"]}
        aria-labelledby="review-text"
        role="region"
        lang={preview.language}
        tabIndex={0}
      >
        {preview.visible}
      </pre>
      {preview.format === "plain" ? null : <p className={styles["becomes"]}>{text("bankid.review.format")}</p>}
      <details className={styles["hidden"]}>
        <summary>{text("bankid.review.hidden")}</summary>
        <p className={styles["becomes"]}>{text("bankid.review.hidden-help")}</p>
        <pre className={styles["signedText"]} aria-label={text("bankid.review.hidden")} role="region" tabIndex={0}>
          {preview.hidden}
        </pre>
      </details>
    </section>
  );
}
