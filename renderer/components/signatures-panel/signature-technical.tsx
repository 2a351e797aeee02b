import type { SignatureReport } from "../../../shared/verification.ts";
import { text } from "../../text/text.ts";
import { CopyDetails } from "../controls/copy-details.tsx";
import { Fact } from "./fact.tsx";
import styles from "./signatures-panel.module.css";
import { technicalLines } from "./technical-lines.ts";

/** What a specialist asks for, folded away. */
export function SignatureTechnical({ signature }: { readonly signature: SignatureReport }) {
  const { details } = signature;
  return (
    <details className={styles["technical"]}>
      <summary>{text("signature.technical")}</summary>
      <dl className={styles["facts"]}>
        <Fact label={text("signature.indication")}>
          {[signature.indication, signature.subIndication].filter((part) => part !== null).join(" / ")}
        </Fact>
        <Fact label={text("signature.field")}>{signature.field === "" ? text("common.none") : signature.field}</Fact>
        <Fact label={text("signature.sub-filter")}>{signature.subFilter}</Fact>
        {details === undefined || details.object === null ? null : (
          <Fact label={text("signature.object")}>
            {details.offset === null
              ? String(details.object)
              : text("signature.object-at", { object: details.object, offset: details.offset })}
          </Fact>
        )}
      </dl>
      <CopyDetails lines={technicalLines(signature)} />
    </details>
  );
}
