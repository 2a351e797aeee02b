import { withModule } from "./module-use.ts";
import { findTokens, readCertificates, tokenView } from "./read-token.ts";
import { tokenFailure } from "./token-failure.ts";
import type { ModuleListing, TokenView } from "./token-view.ts";

/**
 * Looks into each module without any PIN, one after the other. A module that fails stops none of the others. A token
 * that a later module shows again (OpenSC and the maker's own software; p11-kit's proxy) is left out there.
 */
export async function listTokens(modulePaths: readonly string[]): Promise<readonly ModuleListing[]> {
  const listings: ModuleListing[] = [];
  const seen = new Set<string>();
  for (const module of modulePaths) {
    try {
      const tokens = await withModule(module, (cryptoki) => list(module, cryptoki));
      listings.push({ module, failure: null, tokens: tokens.filter((token) => !seen.has(nameOf(token))) });
      // Without a serial number two tokens may well be two.
      tokens.filter(({ serial }) => serial !== "").forEach((token) => seen.add(nameOf(token)));
    } catch (error) {
      listings.push({ module, failure: tokenFailure(error, module), tokens: [] });
    }
  }
  return listings;
}

const nameOf = ({ label, serial, model }: TokenView): string => JSON.stringify([label, serial, model]);

async function list(module: string, cryptoki: Parameters<typeof findTokens>[0]): Promise<readonly TokenView[]> {
  const views: TokenView[] = [];
  for (const { slot, info } of await findTokens(cryptoki)) {
    const session = await cryptoki.openSession(slot);
    try {
      views.push(tokenView(module, info, await readCertificates(cryptoki, session)));
    } finally {
      await cryptoki.closeSession(session);
    }
  }
  return views;
}
