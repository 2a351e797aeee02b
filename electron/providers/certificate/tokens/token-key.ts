import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { SignatureScheme } from "../../../pki/signature-scheme.ts";
import type { MessageToSign, SigningKey } from "../signing-identity.ts";
import type { Cryptoki } from "./cryptoki.ts";
import { CKA } from "./cryptoki-constants.ts";
import { mechanismsFor } from "./mechanisms.ts";
import type { TokenMechanism } from "./mechanisms.ts";
import type { TokenCertificate } from "./token-view.ts";
import { isMechanismRefused, tokenFailure } from "./token-failure.ts";
import type { TokenSession } from "./token-session.ts";

export interface TokenKeyParts {
  readonly module: string;
  readonly cryptoki: Cryptoki;
  readonly slot: bigint;
  readonly session: TokenSession;
  readonly certificate: TokenCertificate;
}

/** The private key beside a certificate. It is looked for, and the PIN asked for, at the first signature. */
export function tokenKey(parts: TokenKeyParts): SigningKey {
  return {
    sign: async (scheme, what) => {
      try {
        return await sign(parts, scheme, what);
      } catch (error) {
        return failed(tokenFailure(error, parts.module));
      }
    },
  };
}

async function sign(
  { cryptoki, slot, session, certificate }: TokenKeyParts,
  scheme: SignatureScheme,
  what: MessageToSign,
): Promise<Result<Uint8Array, Failure>> {
  const known = await cryptoki.mechanisms(slot);
  const ways = mechanismsFor(scheme, what);
  const usable = ways.filter(({ type }) => known.includes(type));
  if (usable.length === 0) {
    // Told before the PIN is asked for.
    return failed({ code: "token.mechanism-missing", params: { mechanism: ways[0]?.name ?? scheme.kind } });
  }
  const problem = await session.login();
  if (problem !== null) {
    return failed(problem);
  }
  const keys = await cryptoki.find(session.handle, "PRIVATE_KEY", Buffer.from(certificate.id, "hex"));
  const [key] = keys;
  if (key === undefined || certificate.id === "") {
    return failed({ code: "token.key-not-found" });
  }
  for (const way of usable) {
    try {
      return success(way.output(await signOnce(cryptoki, session, way, key)));
    } catch (error) {
      // The token lists the mechanism, but not for this key: the next way may do.
      if (!isMechanismRefused(error)) {
        throw error;
      }
    }
  }
  return failed({ code: "token.mechanism-missing", params: { mechanism: usable[0]?.name ?? scheme.kind } });
}

async function signOnce(
  cryptoki: Cryptoki,
  session: TokenSession,
  way: TokenMechanism,
  key: bigint,
): Promise<Uint8Array> {
  const always = await cryptoki.attribute(session.handle, key, CKA.ALWAYS_AUTHENTICATE);
  await cryptoki.signInit(session.handle, way, key);
  if (always?.[0] === 1) {
    await session.loginForOneSignature();
  }
  return cryptoki.sign(session.handle, way.input);
}
