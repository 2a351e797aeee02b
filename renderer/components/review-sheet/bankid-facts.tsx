import type { BankIdDetails } from "../../../shared/order-details.ts";
import { text } from "../../text/text.ts";

interface BankIdFactsProps {
  readonly details: BankIdDetails;
  /** Host that the order goes to. */
  readonly recipient: string;
  /** The organisation whose seal the result gets; null: it is a package of evidence. */
  readonly sealedBy: string | null;
}

/** Who may sign with BankID, how often, and what comes out of it. */
export function BankIdFacts({ details, recipient, sealedBy }: BankIdFactsProps) {
  const { personalNumber } = details;
  return (
    <>
      <div>
        <dt>{text("bankid.review.person")}</dt>
        <dd>
          {personalNumber === null
            ? text("bankid.review.person-any")
            : text("bankid.review.person-value", { number: withHyphen(personalNumber), recipient })}
        </dd>
      </div>
      <div>
        <dt>{text("review.approvals")}</dt>
        <dd>{text("review.approvals-value", { count: 1 })}</dd>
      </div>
      <div>
        <dt>{text("bankid.review.result")}</dt>
        <dd>
          {text("bankid.review.result-kind")}{" "}
          {sealedBy === null
            ? text("bankid.review.result-package")
            : text("bankid.review.result-sealed", { organisation: sealedBy })}
        </dd>
      </div>
    </>
  );
}

/** As it is written in Sweden: easier to compare than twelve digits in a row. */
const withHyphen = (number: string): string => `${number.slice(0, 8)}-${number.slice(8)}`;
