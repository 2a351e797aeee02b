import { parseCertificate } from "../../../pki/certificate.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import { DerProblem } from "../../../pki/der-reader.ts";
import type { Cryptoki, TokenInfo } from "./cryptoki.ts";
import { CKA, CKF } from "./cryptoki-constants.ts";
import { pinState } from "./token-failure.ts";
import type { TokenCertificate, TokenView } from "./token-view.ts";

export interface FoundToken {
  readonly slot: bigint;
  readonly info: TokenInfo;
}

/** Tokens that have been set up. A slot whose token goes while we look is left out. */
export async function findTokens(cryptoki: Cryptoki): Promise<readonly FoundToken[]> {
  const found: FoundToken[] = [];
  for (const slot of await cryptoki.slots()) {
    const info = await cryptoki.tokenInfo(slot).catch(() => null);
    // Some modules never set the flag; a label or a certificate says as much.
    if (info !== null && ((info.flags & CKF.TOKEN_INITIALIZED) !== 0n || info.label !== "")) {
      found.push({ slot, info });
    }
  }
  return found;
}

/** All X.509 certificates that the session may see; what is no certificate is left out. */
export async function readCertificates(cryptoki: Cryptoki, session: bigint): Promise<readonly TokenCertificate[]> {
  const certificates: TokenCertificate[] = [];
  for (const object of await cryptoki.find(session, "CERTIFICATE", null)) {
    const value = await cryptoki.attribute(session, object, CKA.VALUE);
    const certificate = value === undefined ? null : parsed(value);
    if (certificate !== null) {
      const id = (await cryptoki.attribute(session, object, CKA.ID)) ?? new Uint8Array();
      const label = (await cryptoki.attribute(session, object, CKA.LABEL)) ?? new Uint8Array();
      certificates.push({
        id: Buffer.from(id).toString("hex"),
        label: new TextDecoder("utf-8").decode(label),
        certificate,
      });
    }
  }
  return certificates;
}

function parsed(value: Uint8Array): Certificate | null {
  try {
    return parseCertificate(value);
  } catch (error) {
    if (error instanceof DerProblem) {
      return null;
    }
    throw error;
  }
}

export function tokenView(module: string, info: TokenInfo, certificates: readonly TokenCertificate[]): TokenView {
  const { label, serial, manufacturer, model, flags } = info;
  return { module, label, serial, manufacturer, model, pin: pinWay(flags), pinState: pinState(flags), certificates };
}

function pinWay(flags: bigint): TokenView["pin"] {
  if ((flags & CKF.PROTECTED_AUTHENTICATION_PATH) !== 0n) {
    return "reader";
  }
  return (flags & CKF.LOGIN_REQUIRED) === 0n ? "none" : "asked";
}
