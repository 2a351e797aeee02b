import type { PolicyView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { Result } from "../../../shared/result.ts";
import type { HttpAnswer } from "../../net/http-client.ts";
import { asObject, listField, objectField, readObject, textField } from "../loose-json.ts";
import type { JsonRecord } from "../loose-json.ts";

export type ItsmeLanguage = "EN" | "FR" | "NL" | "DE";
const LANGUAGES: readonly ItsmeLanguage[] = ["EN", "FR", "NL", "DE"];

/** Something the person may choose: sent back by its `reference`. `url`: https address of the policy's PDF. */
export interface ItsmeChoice extends PolicyView {
  readonly oid: string;
  /** By language; any of them may be missing. */
  readonly texts: Readonly<Partial<Record<ItsmeLanguage, string>>>;
}

export interface ItsmePolicy extends ItsmeChoice {
  /** Lower-case hexadecimal digest of that PDF. */
  readonly digest: { readonly algorithm: "SHA-256" | "SHA-512"; readonly hex: string } | null;
}

export interface ItsmeDiscovery {
  /** "bundled": the list inside the program, used when itsme cannot be asked. */
  readonly source: "live" | "bundled";
  /** Only those in force. */
  readonly policies: readonly ItsmePolicy[];
  readonly disabledPolicies: readonly string[];
  readonly commitmentTypes: readonly ItsmeChoice[];
  readonly languages: readonly ItsmeLanguage[];
}

const DIGESTS: Readonly<Record<string, { readonly algorithm: "SHA-256" | "SHA-512"; readonly length: number }>> = {
  SHA256: { algorithm: "SHA-256", length: 64 },
  SHA512: { algorithm: "SHA-512", length: 128 },
};

/** Reads the discovery answer; null when it holds no usable policy. An entry that makes no sense is left out. */
export function parseDiscovery(body: Uint8Array): ItsmeDiscovery | null {
  const document = readObject(body);
  const templates = listField(document, "sign_policy_templates_supported").map(asObject);
  const enabled = templates
    .filter(isEnabled)
    .map(readPolicy)
    .filter((policy) => policy !== null);
  if (enabled.length === 0) {
    return null;
  }
  const disabled = templates.filter((entry) => entry !== null && !isEnabled(entry)).map(readChoice);
  const languages = listField(document, "sign_languages_supported").map((name) => String(name).toUpperCase());
  const known = LANGUAGES.filter((language) => languages.includes(language));
  return {
    source: "live",
    policies: enabled,
    disabledPolicies: disabled.flatMap((choice) => (choice === null ? [] : [choice.reference])),
    commitmentTypes: listField(document, "commitment_types_supported")
      .map((entry) => readChoice(asObject(entry)))
      .filter((choice) => choice !== null),
    languages: known.length > 0 ? known : LANGUAGES,
  };
}

/** One question to itsme a start: the answer is remembered, a failure is not, and `fallback` stands in meanwhile. */
export function cachedDiscovery(
  ask: (signal?: AbortSignal) => Promise<Result<HttpAnswer, Failure>>,
  fallback: ItsmeDiscovery,
): { readonly known: () => ItsmeDiscovery; readonly load: (signal?: AbortSignal) => Promise<ItsmeDiscovery> } {
  let live: ItsmeDiscovery | null = null;
  let asking: Promise<ItsmeDiscovery> | null = null;
  const fetchOnce = async (signal?: AbortSignal): Promise<ItsmeDiscovery> => {
    const answer = await ask(signal);
    live = answer.ok && answer.value.status === 200 ? parseDiscovery(answer.value.body) : null;
    asking = null;
    return live ?? fallback;
  };
  return {
    known: () => live ?? fallback,
    load: (signal) => {
      if (live !== null) {
        return Promise.resolve(live);
      }
      asking ??= fetchOnce(signal);
      return asking;
    },
  };
}

/**
 * The policy taken when nobody chose: the newest generic qualified one in force (1.3.6.1.4.1.49274.1.1.7.*), else the
 * first of the list. Null for an empty list.
 */
export function defaultPolicy(discovery: ItsmeDiscovery): string | null {
  const generic = discovery.policies
    .filter(({ oid }) => oid.startsWith("1.3.6.1.4.1.49274.1.1.7."))
    .sort((a, b) => a.oid.localeCompare(b.oid, "en", { numeric: true }))
    .at(-1);
  return (generic ?? discovery.policies[0])?.reference ?? null;
}

function isEnabled(entry: JsonRecord | null): entry is JsonRecord {
  // An entry without a status is taken as in force: only the word DISABLED takes one away.
  return entry !== null && textField(entry, "status")?.toUpperCase() !== "DISABLED";
}

function readPolicy(entry: JsonRecord): ItsmePolicy | null {
  const choice = readChoice(entry);
  if (choice === null) {
    return null;
  }
  const url = textField(entry, "url");
  const hex = textField(entry, "sigDigest")?.toLowerCase() ?? "";
  const algorithm =
    DIGESTS[
      textField(entry, "sigDigestAlg")
        ?.replaceAll(/[^A-Za-z0-9]/gu, "")
        .toUpperCase() ?? ""
    ];
  const digest = algorithm !== undefined && hex.length === algorithm.length && /^[0-9a-f]+$/u.test(hex);
  return {
    ...choice,
    // SECURITY: the address is opened in the system's browser, so nothing but https.
    url: url !== null && URL.parse(url)?.protocol === "https:" ? url : null,
    digest: digest ? { algorithm: algorithm.algorithm, hex } : null,
  };
}

function readChoice(entry: JsonRecord | null): ItsmeChoice | null {
  const oid = textField(entry, "oid");
  const reference = textField(entry, "ref") ?? oid;
  if (reference === null || reference.length > 100) {
    return null;
  }
  const text = objectField(entry, "text");
  const texts: Partial<Record<ItsmeLanguage, string>> = {};
  for (const language of LANGUAGES) {
    const value = textField(text, language);
    if (value !== null) {
      texts[language] = value.slice(0, 300);
    }
  }
  const shown = texts.EN ?? Object.values(texts)[0] ?? reference;
  return { reference, oid: oid ?? reference, text: shown, texts, url: null };
}
