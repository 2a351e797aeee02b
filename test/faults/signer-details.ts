import type { OrderDetails } from "../../shared/order-details.ts";
import type { FaultedProvider } from "./fault.ts";

/** Who signs, for the providers that have to know it. */
export const DETAILS: Readonly<Partial<Record<FaultedProvider, OrderDetails>>> = {
  idnow: {
    provider: "idnow",
    signers: [{ givenName: "Erika", surname: "Mustermann", email: "erika@example.com", mobile: "+491701234567" }],
    signatureType: "QES",
    codeEntry: "page",
    showIdentification: false,
    keepIdentification: false,
    checkboxes: [],
    robot: null,
  },
  bankid: { provider: "bankid", personalNumber: null, language: "sv", format: "plain", start: "qr" },
  fourthline: {
    provider: "fourthline",
    signer: { givenName: "Anna Maria Sofia", surname: "de Vries", mobile: "+31612345678" },
    flow: "completed",
    reference: "practice",
  },
};
