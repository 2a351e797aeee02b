import type { Failure } from "../../../shared/failure.ts";
import type { SigningOrder } from "../provider.ts";
import { firstUnwritable } from "./character-sets.ts";
import type { CharacterSet } from "./character-sets.ts";
import type { ItsmeDiscovery } from "./discovery.ts";

/** The base document allows 255 characters for the description, the swagger 50: the smaller number is safe. */
const MAXIMUM_TEXT = 50;

/** Everything about an order that itsme would refuse late and without saying why. */
export function checkOrder(order: SigningOrder, discovery: ItsmeDiscovery): Failure | null {
  const ids = new Set(order.documents.map(({ id }) => id));
  if (order.documents.length === 0 || ids.size !== order.documents.length) {
    return { code: "app.internal", params: { reason: "document-ids" } };
  }
  if (order.policy !== null && discovery.disabledPolicies.includes(order.policy)) {
    return { code: "itsme.policy", params: { code: "INVALID_POLICY_STATUS" } };
  }
  return (
    checkText("description", order.description, "ISO-8859-15") ??
    checkText("signerRole", order.signerRole, "ISO-8859-1")
  );
}

/** A character made of letter and accent is sent as the one character it looks like (Unicode NFC). */
export function composed(text: string): string {
  return text.normalize("NFC");
}

function checkText(field: string, text: string | null, set: CharacterSet): Failure | null {
  if (text === null) {
    return null;
  }
  const character = firstUnwritable(composed(text), set);
  if (character !== null) {
    return { code: "provider.text-not-allowed", params: { field, character } };
  }
  if (composed(text).length > MAXIMUM_TEXT) {
    return { code: "provider.text-too-long", params: { field, maximum: MAXIMUM_TEXT } };
  }
  return null;
}
