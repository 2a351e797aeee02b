import type { TokenList, TokenOffer } from "../../../shared/app-state.ts";
import { listTokens } from "../../providers/certificate/tokens/list-tokens.ts";
import type { TokenCertificate, TokenView } from "../../providers/certificate/tokens/token-view.ts";
import type { CertificateSetting } from "../../storage/settings.ts";
import { describeCertificate } from "./certificate-choice.ts";

export { usualModules } from "../../providers/certificate/tokens/usual-modules.ts";

type TokenSetting = Extract<CertificateSetting, { kind: "token" }>;

/** Cards and tokens that were found last. The window gets names and opaque ids; paths and key ids stay here. */
export class TokenOffers {
  readonly #modules: () => readonly string[];
  #found = new Map<string, TokenSetting>();

  constructor(modules: () => readonly string[]) {
    this.#modules = modules;
  }

  async list(): Promise<TokenList> {
    const listings = await listTokens(this.#modules());
    const found = new Map<string, TokenSetting>();
    const offers: TokenOffer[] = [];
    for (const token of listings.flatMap((listing) => listing.tokens)) {
      for (const one of offered(token)) {
        const id = String(found.size + 1);
        const facts = one === null ? null : describeCertificate(one.certificate);
        found.set(id, settingOf(token, one, facts));
        offers.push({
          id,
          token: token.label,
          model: [token.manufacturer, token.model].filter((text) => text !== "").join(" "),
          pin: token.pin,
          pinState: token.pinState,
          facts,
        });
      }
    }
    this.#found = found;
    return { offers, failures: listings.flatMap(({ failure }) => (failure === null ? [] : [failure])) };
  }

  get(id: string): TokenSetting | undefined {
    return this.#found.get(id);
  }
}

/** Certificates of people; null when the token shows none before its PIN is given. */
function offered({ certificates }: TokenView): readonly (TokenCertificate | null)[] {
  const people = certificates.filter(
    ({ certificate: { basicConstraints, keyUsage } }) =>
      basicConstraints?.ca !== true &&
      (keyUsage === undefined || keyUsage.has("nonRepudiation") || keyUsage.has("digitalSignature")),
  );
  return certificates.length === 0 ? [null] : people;
}

function settingOf(token: TokenView, one: TokenCertificate | null, facts: TokenOffer["facts"]): TokenSetting {
  return {
    kind: "token",
    module: token.module,
    label: token.label,
    token: token.serial === "" ? token.label : token.serial,
    certificate: one === null ? null : one.id === "" ? one.label : one.id,
    pin: token.pin,
    facts,
  };
}
