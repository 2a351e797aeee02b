import type { ChainMember } from "../../../shared/verification.ts";
import { day } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import styles from "./signatures-panel.module.css";

/** The signer's certificate and those above it, as far as they are known. */
export function CertificateChain({ chain }: { readonly chain: readonly ChainMember[] }) {
  return (
    <details className={styles["technical"]}>
      <summary>{text("chain.title", { count: chain.length })}</summary>
      <ol className={styles["chain"]}>
        {chain.map(({ subject, issuer, notBefore, notAfter, serialNumber }, index) => (
          <li key={`${index}-${serialNumber}`}>
            <strong>{subject}</strong>
            <span>{subject === issuer ? text("chain.self-issued") : text("chain.issued-by", { issuer })}</span>
            <span>{text("chain.valid", { from: day(notBefore), to: day(notAfter) })}</span>
            <span className={styles["muted"]}>{text("chain.serial", { serial: serialNumber })}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
