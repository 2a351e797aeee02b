import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { chainFrom } from "../certificate-order.ts";
import type { IdentityLender, SigningIdentity } from "../signing-identity.ts";
import { chooseCertificate, chooseToken } from "./choose-on-token.ts";
import type { Cryptoki } from "./cryptoki.ts";
import { withModule } from "./module-use.ts";
import { findTokens, readCertificates } from "./read-token.ts";
import type { FoundToken } from "./read-token.ts";
import { tokenFailure } from "./token-failure.ts";
import { tokenKey } from "./token-key.ts";
import { TokenSession } from "./token-session.ts";
import type { AskPin } from "./token-session.ts";

export interface TokenSource {
  /** Path of the PKCS#11 module. */
  readonly module: string;
  /** Label or serial number of the token; null: the only one there. */
  readonly token: string | null;
  /** CKA_ID in hexadecimal, label or common name; null: the only one for signing. */
  readonly certificate: string | null;
  /** Asked at the first signature of a use, never for looking alone unless the token hides its certificates. */
  readonly pin: AskPin;
}

/**
 * A key on a smart card, stick or security module. Module, session and PIN are there for the time of one use; nothing
 * of them is stored.
 *
 * Failures: `token.*`, and what `pin` answers.
 */
export function lendToken(source: TokenSource): IdentityLender {
  return {
    async lend(borrow) {
      // What the borrower does wrong is its own affair and not the module's.
      let borrowed = false;
      try {
        return await withModule(source.module, async (cryptoki) => {
          const token = chooseToken(await findTokens(cryptoki), source.token);
          if (!token.ok) {
            return token;
          }
          return withSession(cryptoki, token.value, source, (identity) => {
            borrowed = true;
            return borrow(identity);
          });
        });
      } catch (error) {
        if (borrowed) {
          throw error;
        }
        return failed(tokenFailure(error, source.module));
      }
    },
  };
}

async function withSession<T>(
  cryptoki: Cryptoki,
  token: FoundToken,
  source: TokenSource,
  borrow: (identity: SigningIdentity) => Promise<T>,
): Promise<Result<T, Failure>> {
  const handle = await cryptoki.openSession(token.slot);
  const session = new TokenSession(cryptoki, token, handle, source.pin);
  try {
    let certificates = await readCertificates(cryptoki, handle);
    let chosen = chooseCertificate(certificates, source.certificate);
    if (chosen.ok && chosen.value === null) {
      // Some tokens show their certificates to their owner only.
      const problem = await session.login();
      if (problem !== null) {
        return failed(problem);
      }
      certificates = await readCertificates(cryptoki, handle);
      chosen = chooseCertificate(certificates, source.certificate);
    }
    if (!chosen.ok) {
      return chosen;
    }
    const certificate = chosen.value;
    if (certificate === null) {
      return failed({ code: "token.certificate-not-found" });
    }
    const chain = chainFrom(
      certificate.certificate,
      certificates.map((one) => one.certificate),
    );
    const key = tokenKey({ module: source.module, cryptoki, slot: token.slot, session, certificate });
    return success(await borrow({ chain, key }));
  } finally {
    await session.close();
  }
}
