import type { BankIdAccount } from "./account-options.ts";
import type { Collected } from "./collect-order.ts";
import { personName } from "./persons.ts";

/** The body of PhenixID's answer to `bankidcollect`. */
export function phenixIdStatus(collected: Collected, statuses: BankIdAccount["statuses"]): object {
  switch (collected.kind) {
    case "pending":
      return { status: statuses === "hints" ? inCapitals(collected.hint) : documentedPending(collected.hint) };
    case "failed":
      return statuses === "hints" ? { status: inCapitals(collected.hint) } : documentedFailure(collected.hint);
    case "complete": {
      const { evidence, person } = collected;
      const { givenName, surname } = person;
      // In the order of the printed example.
      return {
        surName: surname,
        signature: evidence.signature,
        ocspResponse: evidence.ocspResponse,
        givenName,
        name: personName(person),
        status: "OK",
      };
    }
  }
}

/** "OUTSTANDING_TRANSACTION" for "outstandingTransaction". */
function inCapitals(hint: string): string {
  return hint.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function documentedPending(hint: string): string {
  return hint === "outstandingTransaction" || hint === "userSign" ? inCapitals(hint) : "PENDING";
}

function documentedFailure(hint: string): object {
  return hint === "userCancel" || hint === "cancelled"
    ? { status: "CANCELLED" }
    : { status: "ERROR", message: hint, details: `BankID ended the order: ${hint}` };
}
