import type { Certificate } from "./certificate.ts";
import { type DerNode, readDer } from "./der-reader.ts";
import { sequenceOf } from "./der-values.ts";
import { type Name, nameValues, parseName } from "./name.ts";
import { OID } from "./oids.ts";

/** GeneralName (RFC 5280 4.2.1.6), as far as name constraints need it. */
export type GeneralName =
  | { readonly kind: "email" | "dns" | "uri"; readonly text: string }
  | { readonly kind: "directory"; readonly name: Name }
  /** Of a subtree: address and mask one after the other. */
  | { readonly kind: "ip"; readonly octets: Uint8Array }
  | { readonly kind: "other"; readonly tag: number };

const LATIN = new TextDecoder("latin1");
/** Kinds that no constraint is processed for. */
const OTHER_TAGS = [0, 3, 5, 8];

/** Throws `DerProblem`. */
export function parseGeneralName(node: DerNode): GeneralName {
  const [inner] = node.isContext(4) ? node.children : [];
  if (inner !== undefined) {
    return { kind: "directory", name: parseName(inner) };
  }
  if (node.isContext(7)) {
    return { kind: "ip", octets: node.content };
  }
  for (const [tag, kind] of [
    [1, "email"],
    [2, "dns"],
    [6, "uri"],
  ] as const) {
    if (node.isContext(tag)) {
      return { kind, text: LATIN.decode(node.content) };
    }
  }
  return { kind: "other", tag: OTHER_TAGS.find((tag) => node.isContext(tag)) ?? -1 };
}

/**
 * All that a certificate says its holder is called: what name constraints are about (RFC 5280 4.2.1.10, 6.1.3 (b)).
 * Throws `DerProblem`.
 */
export function namesOf({ extensions, subject }: Certificate): readonly GeneralName[] {
  const alternative = extensions.get(OID.subjectAltName);
  const listed =
    alternative === undefined
      ? // Old certificates have their address in the subject.
        nameValues(subject, OID.emailAddress).map((text): GeneralName => ({ kind: "email", text }))
      : sequenceOf(readDer(alternative.value, { allowBer: true }), "subject alternative name").map(parseGeneralName);
  return subject.parts.length === 0 ? listed : [{ kind: "directory", name: subject }, ...listed];
}
