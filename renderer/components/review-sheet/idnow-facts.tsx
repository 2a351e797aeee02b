import type { IdnowDetails } from "../../../shared/order-details.ts";
import { text } from "../../text/text.ts";
import styles from "./review-sheet.module.css";

/** What IDnow is told beside the documents: who signs, how, and what happens with the identification. */
export function IdnowFacts({ details }: { readonly details: IdnowDetails }) {
  const { signers, signatureType, codeEntry, checkboxes, robot } = details;
  return (
    <>
      <div>
        <dt>{text("order.review-signers")}</dt>
        <dd>
          <ol className={styles["signers"]}>
            {signers.map((signer, index) => (
              <li key={signer.mobile}>
                <span className={styles["strong"]}>
                  {signers.length === 1 ? "" : `${index + 1}. `}
                  {signer.givenName} {signer.surname}
                </span>
                <span className={styles["url"]}>
                  {signer.email} · {signer.mobile}
                </span>
              </li>
            ))}
          </ol>
        </dd>
      </div>
      <div>
        <dt>{text("order.type")}</dt>
        <dd>{text(`order.type.${signatureType}`)}</dd>
      </div>
      <div>
        <dt>{text("review.approvals")}</dt>
        <dd>
          {text("order.review-approvals", { count: signers.length })}
          {codeEntry === "here" ? ` ${text("order.review-code-here")}` : ""}
          {robot === null ? "" : ` ${text("order.review-robot")}`}
        </dd>
      </div>
      <IdentificationFact details={details} />
      {checkboxes.length === 0 ? null : (
        <div>
          <dt>{text("order.review-boxes")}</dt>
          <dd>
            <ul className={styles["signers"]}>
              {checkboxes.map((line, index) => (
                <li key={`${index} ${line}`}>{line}</li>
              ))}
            </ul>
          </dd>
        </div>
      )}
    </>
  );
}

function IdentificationFact({ details }: { readonly details: IdnowDetails }) {
  const { showIdentification, keepIdentification } = details;
  const sentences = [
    showIdentification ? text("order.review-show") : null,
    keepIdentification ? text("order.review-keep") : null,
  ].filter((sentence) => sentence !== null);
  if (sentences.length === 0) return null;
  return (
    <div>
      <dt>{text("order.review-identification")}</dt>
      <dd>{sentences.join(" ")}</dd>
    </div>
  );
}
