import { createHash } from "node:crypto";
import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { encodeScheme } from "../../electron/pki/signature-scheme.ts";
import { keyIdentifier } from "../pki/issue-certificate.ts";
import type { PracticeAuthority } from "../pki/practice-pki.ts";
import type { CertificateStatus } from "../pki/revocations.ts";
import type { BankResponder } from "./bank-authorities.ts";

export interface StatusOrder {
  readonly responder: BankResponder;
  readonly issuer: PracticeAuthority;
  /** Serial number of the certificate, as it is encoded. */
  readonly serial: Uint8Array;
  readonly status: CertificateStatus;
  readonly producedAt: number;
  readonly thisUpdate: number;
  /** Null: none. */
  readonly nonce: Uint8Array | null;
  readonly digest: "SHA-1" | "SHA-224" | "SHA-256";
  readonly breaksValue: boolean;
}

/**
 * BankID's answer for a certificate (RFC 6960), in the form of PhenixID's example: by name, without nextUpdate, and with a
 * critical nonce whose octets stand in the extension as they are.
 */
export function statusResponse(order: StatusOrder): Uint8Array {
  const { breaksValue, issuer, nonce, producedAt, responder, serial, status, thisUpdate } = order;
  const sha1 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha1").update(bytes).digest());
  const certificate = der.sequence(
    der.sequence(der.oid(OID.sha1), der.nullValue()),
    der.octetString(sha1(issuer.name)),
    // RFC 6960 4.1.1: of the key without tag and length, which is what the key identifier is made of, too.
    der.octetString(keyIdentifier(issuer.key.spki)),
    der.integer(serial),
  );
  const body = der.sequence(
    der.explicit(1, responder.name),
    der.generalizedTime(new Date(producedAt)),
    der.sequence(der.sequence(certificate, certificateStatus(status), der.generalizedTime(new Date(thisUpdate)))),
    ...(nonce === null
      ? []
      : [
          der.explicit(
            1,
            der.sequence(der.sequence(der.oid(OID.ocspNonce), der.boolean(true), der.octetString(nonce))),
          ),
        ]),
  );
  const scheme = { kind: "rsa-pkcs1", digest: order.digest } as const;
  const value = responder.key.sign(scheme, body);
  const basic = der.sequence(
    body,
    encodeScheme(scheme),
    der.bitString(breaksValue ? value.toReversed() : value),
    der.explicit(0, der.sequence(responder.certificate)),
  );
  return der.sequence(der.enumerated(0), der.explicit(0, der.sequence(der.oid(OID.ocspBasic), der.octetString(basic))));
}

/** OCSPResponseStatus tryLater (RFC 6960 4.2.1): no answer in it. */
export const tryLater: Uint8Array = der.sequence(der.enumerated(3));

/**
 * What ties the answer to a signature: SHA-1 of the signature's Base64 text as it is transmitted, then twelve random bytes.
 */
export function boundNonce(signature: string, random: Uint8Array): Uint8Array {
  return Buffer.concat([createHash("sha1").update(signature, "ascii").digest(), random.subarray(0, 12)]);
}

function certificateStatus(status: CertificateStatus): Uint8Array {
  switch (status.kind) {
    case "good":
      return der.implicit(0, new Uint8Array());
    case "revoked":
      return der.implicit(1, der.generalizedTime(new Date(status.at)), true);
    case "unknown":
      return der.implicit(2, new Uint8Array());
  }
}
