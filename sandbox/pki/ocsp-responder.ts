import { createHash } from "node:crypto";
import { readDer } from "../../electron/pki/der-reader.ts";
import type { DerNode } from "../../electron/pki/der-reader.ts";
import { readOctetString, readOid } from "../../electron/pki/der-values.ts";
import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { keyIdentifier, signed } from "./issue-certificate.ts";
import type { PkiStore } from "./pki-store.ts";
import type { PracticeAuthority, PracticeServices } from "./practice-pki.ts";
import type { CertificateStatus, Revocations } from "./revocations.ts";

/** OCSPResponseStatus (RFC 6960 4.2.1). */
const status = { successful: 0, malformedRequest: 1, unauthorized: 6 } as const;

/** How long an answer or a list counts, in milliseconds. */
export const freshnessMilliseconds = 60 * 60 * 1000;
const maximumNonce = 128;
const maximumQuestions = 100;

export interface OcspRoom {
  readonly services: PracticeServices;
  readonly store: PkiStore;
  readonly revocations: Revocations;
}

/** Answers an OCSPRequest (DER) with an OCSPResponse (DER). Never throws for a broken request. */
export function answerOcsp(room: OcspRoom, request: Uint8Array, now: number): Uint8Array {
  let questions: readonly DerNode[];
  let nonce: Uint8Array | null;
  try {
    const body = readDer(request).children[0]?.children ?? [];
    // RFC 6960 4.1.1: [0] version and [1] requestorName are optional and not needed here.
    questions = body.find((field) => field.isUniversal(16))?.children ?? [];
    nonce = readNonce(body.find((field) => field.isContext(2)));
    if (questions.length === 0 || questions.length > maximumQuestions) return failure(status.malformedRequest);
    const answers = questions.map((question) => singleResponse(room, question.children[0], now));
    if (answers.includes(null)) return failure(status.unauthorized);
    return basicResponse(
      room.services,
      answers.filter((answer) => answer !== null),
      nonce,
      now,
    );
  } catch {
    return failure(status.malformedRequest);
  }
}

function failure(code: number): Uint8Array {
  return der.sequence(der.enumerated(code));
}

/** The extnValue of the nonce (an OCTET STRING, RFC 8954), to be echoed as it is. */
function readNonce(extensions: DerNode | undefined): Uint8Array | null {
  for (const extension of extensions?.children[0]?.children ?? []) {
    if (readOid(extension.children[0]) !== OID.ocspNonce) continue;
    const value = readOctetString(extension.children.at(-1));
    return value.length <= maximumNonce ? value : null;
  }
  return null;
}

/** Null: the question is about an issuer that this responder does not speak for. */
function singleResponse(room: OcspRoom, certId: DerNode | undefined, now: number): Uint8Array | null {
  const [algorithm, nameHash, keyHash, serial] = certId?.children ?? [];
  if (certId === undefined || algorithm === undefined || serial === undefined) throw new Error("no CertID");
  const issuer = room.services.issuing;
  const hashName = readOid(algorithm.children[0]) === OID.sha1 ? "sha1" : "sha256";
  const [name, key] = issuerHashes(issuer, hashName);
  const same = name.equals(readOctetString(nameHash)) && key.equals(readOctetString(keyHash));
  if (!same) return null;
  const own = room.store.isOwnSerial(issuer.label, serial.content);
  const serialHex = Buffer.from(serial.content).toString("hex");
  const found: CertificateStatus = own ? room.revocations.statusOf(serialHex) : { kind: "unknown" };
  return der.sequence(
    certId.raw,
    certificateStatus(found),
    der.generalizedTime(new Date(now)),
    der.explicit(0, der.generalizedTime(new Date(now + freshnessMilliseconds))),
  );
}

/** RFC 6960 4.1.1: of the issuer's name (DER) and of its public key bits without tag and length. */
function issuerHashes(issuer: PracticeAuthority, algorithm: "sha1" | "sha256"): readonly [Buffer, Buffer] {
  const bits = readDer(issuer.key.spki).children[1]?.content.subarray(1) ?? new Uint8Array();
  return [createHash(algorithm).update(issuer.name).digest(), createHash(algorithm).update(bits).digest()];
}

/** CertStatus (RFC 6960 4.2.1): good [0] NULL, revoked [1] with its time, unknown [2] NULL. */
function certificateStatus(found: CertificateStatus): Uint8Array {
  switch (found.kind) {
    case "good":
      return der.implicit(0, new Uint8Array());
    case "revoked":
      return der.implicit(1, der.generalizedTime(new Date(found.at)), true);
    case "unknown":
      return der.implicit(2, new Uint8Array());
  }
}

function basicResponse(
  services: PracticeServices,
  answers: readonly Uint8Array[],
  nonce: Uint8Array | null,
  now: number,
): Uint8Array {
  const responder = services.responder;
  const extensions =
    nonce === null ? [] : [der.explicit(1, der.sequence(der.sequence(der.oid(OID.ocspNonce), der.octetString(nonce))))];
  const body = der.sequence(
    // ResponderID byKey.
    der.explicit(2, der.octetString(keyIdentifier(responder.key.spki))),
    der.generalizedTime(new Date(now)),
    der.sequence(...answers),
    ...extensions,
  );
  const basic = signed(body, responder.key, [der.explicit(0, der.sequence(responder.certificate))]);
  return der.sequence(
    der.enumerated(status.successful),
    der.explicit(0, der.sequence(der.oid(OID.ocspBasic), der.octetString(basic))),
  );
}
