import { listTokens } from "../electron/providers/certificate/tokens/list-tokens.ts";
import type { TokenCertificate, TokenView } from "../electron/providers/certificate/tokens/token-view.ts";
import { usualModules } from "../electron/providers/certificate/tokens/usual-modules.ts";
import { subjectName } from "../electron/pki/certificate.ts";
import { describeKey } from "../electron/pki/public-key.ts";
import { failureWords } from "../shared/messages/words.ts";
import { EXIT } from "./exit-status.ts";

/** As the command line gives them. */
export interface TokensArguments {
  readonly pkcs11: readonly string[];
  readonly json: boolean;
}

export interface TokensSurroundings {
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * `sealdesk tokens`: what can be signed with, as `sign --pkcs11` takes it. Good when a token was found. A module that
 * was named and fails is told; of those in the usual places, one that fails is nobody's loss.
 */
export async function tokensCommand(options: TokensArguments, surroundings: TokensSurroundings): Promise<number> {
  const { print, tell, platform, environment } = surroundings;
  const named = options.pkcs11.length > 0;
  const listings = await listTokens(named ? options.pkcs11 : usualModules(platform, environment));
  for (const { failure } of listings) {
    if (named && failure !== null) {
      tell(failureWords(failure).join(" "));
    }
  }
  const tokens = listings.flatMap((listing) => listing.tokens);
  for (const token of tokens) {
    print(options.json ? JSON.stringify(plain(token)) : described(token));
  }
  if (tokens.length === 0 && !options.json) {
    tell("No card or token was found.");
  }
  return tokens.length > 0 ? EXIT.good : EXIT.notAllGood;
}

function plain({ certificates, ...token }: TokenView): object {
  return {
    ...token,
    certificates: certificates.map((one) => ({
      id: one.id,
      label: one.label,
      subject: subjectName(one.certificate),
      key: keyOf(one),
      notAfter: one.certificate.notAfter.toISOString(),
    })),
  };
}

function described({ label, serial, manufacturer, model, module, pin, pinState, certificates }: TokenView): string {
  const rows = certificates.map((one) => {
    const until = one.certificate.notAfter.toISOString().slice(0, 10);
    return `  ${one.id || "-"}  ${one.label || "-"}  ${subjectName(one.certificate)}, ${keyOf(one)}, until ${until}`;
  });
  return [
    `${label} (serial number ${serial || "-"}, ${[manufacturer, model].filter((text) => text !== "").join(" ")})`,
    `  module ${module}; PIN: ${PIN_WORDS[pin]}${STATE_WORDS[pinState]}`,
    ...(rows.length > 0 ? rows : ["  no certificate can be seen without the PIN"]),
  ].join("\n");
}

const keyOf = ({ certificate: { publicKey } }: TokenCertificate): string =>
  publicKey === undefined ? "unknown kind of key" : describeKey(publicKey);

const PIN_WORDS: Readonly<Record<TokenView["pin"], string>> = {
  asked: "needed",
  reader: "typed on the reader",
  none: "not needed",
};

const STATE_WORDS: Readonly<Record<TokenView["pinState"], string>> = {
  good: "",
  "few-left": ", few attempts left",
  "last-try": ", one attempt left",
  locked: ", locked",
  "not-set": ", not set yet",
};
