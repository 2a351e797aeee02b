import type { FourthlineDetails } from "../../../shared/order-details.ts";
import { maskedNumber } from "../../../shared/signer-fields.ts";
import { text } from "../../text/text.ts";
import styles from "./review-sheet.module.css";

/** Who signs with Fourthline, and what the person will be asked for. */
export function FourthlineFacts({ details }: { readonly details: FourthlineDetails }) {
  const { signer, reference } = details;
  return (
    <>
      <div>
        <dt>{text("order.title")}</dt>
        <dd>
          <span className={styles["strong"]}>
            {signer.givenName} {signer.surname}
          </span>{" "}
          <span className={styles["url"]}>
            {[reference, signer.mobile === null ? null : maskedNumber(signer.mobile)]
              .filter((part) => part !== null)
              .join(" · ")}
          </span>
        </dd>
      </div>
      <div>
        <dt>{text("review.approvals")}</dt>
        <dd>{text("fourthline-order.review")}</dd>
      </div>
    </>
  );
}
