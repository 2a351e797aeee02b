import type { Failure } from "../../../../shared/failure.ts";
import type { IdnowDetails } from "../../../../shared/order-details.ts";
import { repeatedMobiles } from "../../../../shared/signer-fields.ts";
import { stackedRectangles } from "../../../../shared/stacked-rectangles.ts";
import type { SigningOrder } from "../../provider.ts";
import { orderProblem } from "../api/order-request.ts";
import type { IdnowProfile } from "../idnow-profile.ts";
import { orderFor } from "./build-order.ts";

/** Everything about an order that can be known to fail before anything is sent. */
export function checkOrder(order: SigningOrder, profile: IdnowProfile): Failure | null {
  const ids = new Set(order.documents.map(({ id }) => id));
  if (order.documents.length === 0 || ids.size !== order.documents.length) {
    return { code: "app.internal", params: { reason: "document-ids" } };
  }
  const { details } = order;
  if (details?.provider !== "idnow") {
    return { code: "idnow.no-details" };
  }
  return (
    accountProblem(details, profile) ??
    signersProblem(details, profile) ??
    sizeProblem(order, profile) ??
    placesProblem(order, details.signers.length) ??
    fieldsProblem(order, details, profile)
  );
}

function accountProblem(details: IdnowDetails, profile: IdnowProfile): Failure | null {
  const { signatureType, codeEntry, keepIdentification, robot } = details;
  const isBesElsewhere = signatureType === "BES" && profile.trustService === "namirial";
  if (!profile.signatureTypes.includes(signatureType) || isBesElsewhere) {
    return { code: "idnow.signature-type", params: { type: signatureType } };
  }
  if (codeEntry === "here" && !profile.customerSideSigning) {
    return { code: "idnow.code-entry" };
  }
  if (keepIdentification && profile.trustService !== "namirial") {
    return { code: "idnow.not-reusable" };
  }
  return robot !== null && profile.environment === "production" ? { code: "idnow.no-robot" } : null;
}

function signersProblem({ signers, robot }: IdnowDetails, profile: IdnowProfile): Failure | null {
  if (repeatedMobiles(signers.map(({ mobile }) => mobile)).length > 0) {
    return { code: "idnow.shared-phone" };
  }
  if (profile.sends === "hash" && signers.length > 1) {
    return { code: "idnow.hash-one-signer" };
  }
  // Its references are not unique, so a second order could not be told from the first.
  return robot !== null && signers.length > 1
    ? { code: "idnow.field", params: { field: "robot", limit: "one signer at a time" } }
    : null;
}

function sizeProblem({ documents }: SigningOrder, profile: IdnowProfile): Failure | null {
  const total = documents.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const largest = documents.toSorted((one, other) => (other.size ?? 0) - (one.size ?? 0))[0];
  return profile.sends === "document" && total > profile.maximumBytes
    ? { code: "provider.document-too-large", params: { name: largest?.name ?? "" } }
    : null;
}

/** A field takes one signature, and marks of several signers need their room on the page. */
function placesProblem({ documents }: SigningOrder, signers: number): Failure | null {
  for (const { name, place } of signers > 1 ? documents : []) {
    if (place?.kind === "field") {
      return { code: "idnow.field-one-signer", params: { name } };
    }
    if (place?.kind === "rectangle" && stackedRectangles(place.rectangle, place.pageBox, signers) === null) {
      return { code: "idnow.no-room", params: { name, page: place.page } };
    }
  }
  return null;
}

/** The order as it will travel, each signer's in turn, without the documents. */
function fieldsProblem(order: SigningOrder, details: IdnowDetails, profile: IdnowProfile): Failure | null {
  const living = {
    order: { documents: [...order.documents], language: order.language, description: order.description, details },
    files: [],
    orders: [],
  };
  for (const signer of details.signers.keys()) {
    const draft = orderFor({ ...living, signer }, { ref: "check", add: 0, profile, earlierIdentification: null });
    const problem = orderProblem(draft);
    if (problem !== null) {
      return problem;
    }
  }
  return null;
}
