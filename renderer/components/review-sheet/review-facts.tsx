import type { ReviewSheet as Sheet } from "../../../shared/app-state.ts";
import { text } from "../../text/text.ts";
import styles from "./review-sheet.module.css";

/** What is sent to whom, under which policy, how often the person approves, and where the results go. */
export function ReviewFacts({ sheet }: { readonly sheet: Sheet }) {
  const { policy, commitmentType } = sheet;
  return (
    <dl className={styles["facts"]}>
      <div>
        <dt>{text("review.sent")}</dt>
        <dd>{text(`review.sends.${sheet.sends}`, { recipient: sheet.recipient })}</dd>
      </div>
      <div>
        <dt>{text("review.approvals")}</dt>
        <dd>{text("review.approvals-value", { count: sheet.approvals })}</dd>
      </div>
      {sheet.initialledPages === 0 ? null : (
        <div>
          <dt>{text("marks.initials-fact")}</dt>
          <dd>{text("marks.initialled", { count: sheet.initialledPages })}</dd>
        </div>
      )}
      {policy === null ? null : (
        <div>
          <dt>{text("review.policy")}</dt>
          <dd>
            {policy.text}
            {policy.url === null ? null : (
              <span className={styles["url"]}>{text("review.policy-link", { url: policy.url })}</span>
            )}
          </dd>
        </div>
      )}
      {commitmentType === null ? null : (
        <div>
          <dt>{text("review.commitment")}</dt>
          <dd>{commitmentType.text}</dd>
        </div>
      )}
      {sheet.certification === null ? null : (
        <div>
          <dt>{text("review.certify")}</dt>
          <dd>{text(`review.certify.${sheet.certification}`)}</dd>
        </div>
      )}
      {sheet.locksFields ? (
        <div>
          <dt>{text("review.lock-fields")}</dt>
          <dd>{text("review.lock-fields-value")}</dd>
        </div>
      ) : null}
      <div>
        <dt>{text("review.folder")}</dt>
        <dd>{sheet.outputFolder ?? text("review.beside")}</dd>
      </div>
    </dl>
  );
}
