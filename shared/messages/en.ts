import type { FailureCode } from "../failure.ts";
import type { FailureText } from "./failure-texts.ts";
import { certificateMessages } from "./certificates-en.ts";
import { connectionFailures } from "./failures-connection-en.ts";
import { evidenceReportMessages } from "./evidence-report-en.ts";
import { documentFailures } from "./failures-documents-en.ts";
import { evidenceFailures } from "./failures-evidence-en.ts";
import { levelFailures } from "./failures-levels-en.ts";
import { policyFailures } from "./failures-policy-en.ts";
import { selfCheckFailures } from "./failures-self-check-en.ts";
import { providerFailures } from "./failures-providers-en.ts";
import { returnedFailures } from "./failures-returned-en.ts";
import { tokenFailures } from "./failures-tokens-en.ts";
import { historyMessages } from "./history-en.ts";
import { vaultFailures, vaultMessages } from "./vault-en.ts";
import { idnowMessages } from "./idnow-en.ts";
import { idnowStatusTexts } from "./idnow-statuses-en.ts";
import { idnowFailures } from "./failures-idnow-en.ts";
import { bankidMessages } from "./bankid-en.ts";
import { bankidFailures } from "./failures-bankid-en.ts";
import { fourthlineMessages } from "./fourthline-en.ts";
import { fourthlineFailures } from "./failures-fourthline-en.ts";
import { orderMessages } from "./order-en.ts";
import { interactionMessages } from "./interactions-en.ts";
import { markFailures, markMessages } from "./marks-en.ts";
import { nativeMessages } from "./native-en.ts";
import { passwordMessages } from "./passwords-en.ts";
import { profileFourthlineMessages } from "./profile-fourthline-en.ts";
import { profileMessages } from "./profiles-en.ts";
import { reportMessages } from "./report-en.ts";
import { signingMessages } from "./signing-en.ts";
import { warningMessages } from "./warnings-en.ts";
import { windowMessages } from "./window-en.ts";

/** Complete by type: a failure code without texts does not compile. */
export const failureTexts = {
  ...documentFailures,
  ...providerFailures,
  ...returnedFailures,
  ...tokenFailures,
  ...levelFailures,
  ...markFailures,
  ...idnowFailures,
  ...bankidFailures,
  ...fourthlineFailures,
  ...connectionFailures,
  ...evidenceFailures,
  ...policyFailures,
  ...selfCheckFailures,
  ...vaultFailures,
} as const satisfies Readonly<Record<FailureCode, FailureText>>;

export const messages = {
  ...windowMessages,
  ...signingMessages,
  ...warningMessages,
  ...passwordMessages,
  ...markMessages,
  ...certificateMessages,
  ...orderMessages,
  ...interactionMessages,
  ...reportMessages,
  ...evidenceReportMessages,
  ...nativeMessages,
  ...idnowMessages,
  ...vaultMessages,
  ...idnowStatusTexts,
  ...bankidMessages,
  ...fourthlineMessages,
  ...profileFourthlineMessages,
  ...profileMessages,
  ...historyMessages,
} as const;

type PlainKey = keyof typeof messages;
type PluralBase<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

/** A key of the catalogue; plural forms (`…_one`, `…_other`) count as one key and take `count`. */
export type MessageKey = PluralBase<PlainKey>;
export type FailurePart = keyof FailureText;

function flatFailures(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(failureTexts).flatMap(([code, text]) =>
      Object.entries(text).map(([part, sentence]) => [`${code}.${part}`, sentence] as const),
    ),
  );
}

/** The English catalogue as i18next takes it: flat keys, plural suffixes of Intl.PluralRules. */
export const english: Readonly<Record<string, string>> = { ...messages, ...flatFailures() };
