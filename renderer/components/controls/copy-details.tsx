import { useRef, useState } from "react";
import { text } from "../../text/text.ts";
import { ActionButton } from "./action-button.tsx";
import styles from "./copy-details.module.css";

/** Technical lines as they are, and a button that copies them. */
export function CopyDetails({ lines }: { readonly lines: readonly string[] }) {
  const [copied, setCopied] = useState(false);
  const code = useRef<HTMLPreElement>(null);
  const copy = (): void => {
    if (code.current === null) return;
    // The selection stays when copying is not possible: then Ctrl+C does it. The newer clipboard interface would need a
    // permission, and the window has none.
    window.getSelection()?.selectAllChildren(code.current);
    // oxlint-disable-next-line typescript/no-deprecated
    setCopied(document.execCommand("copy"));
  };
  return (
    <>
      <pre ref={code} className={styles["code"]}>
        {lines.join("\n")}
      </pre>
      <ActionButton size="small" onPress={copy}>
        {copied ? text("common.copied") : text("common.copy-details")}
      </ActionButton>
    </>
  );
}
