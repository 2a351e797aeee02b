import { createInstance } from "i18next";
import type { Failure } from "../../shared/failure.ts";
import { english } from "../../shared/messages/en.ts";
import { failureParams } from "../../shared/messages/failure-params.ts";
import type { FailurePart, MessageKey } from "../../shared/messages/en.ts";

export type TextParams = Readonly<Record<string, string | number>>;

export const LANGUAGE = "en";

const instance = createInstance({
  lng: LANGUAGE,
  fallbackLng: false,
  // Keys hold dots and colons of their own; the catalogue is flat.
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  // React escapes; escaping twice would show "&amp;" in file names.
  interpolation: { escapeValue: false },
  resources: { [LANGUAGE]: { translation: english } },
});
void instance.init();

/** The sentence of the catalogue. A missing key is a type error. */
export function text(key: MessageKey, params: TextParams = {}): string {
  return instance.t(key, params);
}

/** For keys that come from main or a provider: the sentence, or the fallback when the catalogue has none. */
export function textOr(key: string, fallback: MessageKey, params: TextParams = {}): string {
  return instance.exists(key, params) ? instance.t(key, params) : text(fallback, params);
}

/** One of the three sentences of a failure. A code from a newer main falls back to the general failure. */
export function failureText(failure: Failure, part: FailurePart): string {
  const key = `${failure.code}.${part}`;
  if (!instance.exists(key)) return instance.t(`app.internal.${part}`);
  const say = (name: string, params: TextParams) => (instance.exists(name) ? instance.t(name, params) : undefined);
  return instance.t(key, { ...failureParams(failure.params ?? {}, say) });
}
