import { attributeOf, childElements, elementsOf, isNamed, textOnly, type XmlElement } from "../../xml/xml-element.ts";
import { decodeBase64, decodeBase64Text, decodeUtf8 } from "../strict-base64.ts";
import { RuleBroken } from "./rules.ts";
import { BANKID_TYPES } from "./signature-parts.ts";

/** What `bankIdSignedData` says (sheet section 5). */
export interface SignedData {
  /** Exactly what the signer was shown. */
  readonly visibleText: string;
  /** "simpleMarkdownV1", or null for plain text. */
  readonly visibleFormat: string | null;
  /** Null: nothing was signed besides the text. */
  readonly hiddenData: Uint8Array | null;
  /** "Signing" or "Identification". */
  readonly function: string;
  /** The relying party as BankID knows it: its distinguished name, and the name that was shown to the signer. */
  readonly relyingParty: { readonly name: string | null; readonly displayName: string | null };
  /** What BankID's app said of itself and the device: "Personal", "platform", "os_version"… */
  readonly client: Readonly<Record<string, string>>;
}

/**
 * Reads the element that was digested, and not another one of its name. Unknown children are left alone: newer versions
 * add some. Throws `RuleBroken`.
 */
export function readSignedData(signedData: XmlElement): SignedData {
  // SECURITY: what counts is there once, wherever it might stand.
  for (const local of ["usrVisibleData", "usrNonVisibleData", "srvInfo", "clientInfo", "funcId"]) {
    if ([...elementsOf(signedData)].filter(({ name }) => name.local === local).length > 1) {
      throw new RuleBroken("content");
    }
  }
  const visible = needed(child(signedData, "usrVisibleData"));
  if (attributeOf(visible, "charset") !== "UTF-8" || attributeOf(visible, "visible") !== "wysiwys") {
    throw new RuleBroken("content");
  }
  const hidden = child(signedData, "usrNonVisibleData");
  const server = child(signedData, "srvInfo");
  const client = needed(child(signedData, "clientInfo"));
  return {
    visibleText: needed(decodeUtf8(needed(bytesOf(visible)))),
    visibleFormat: attributeOf(visible, "format") ?? null,
    hiddenData: hidden === undefined ? null : needed(bytesOf(hidden)),
    function: needed(textOnly(needed(child(client, "funcId")))),
    relyingParty: { name: encodedText(server, "name"), displayName: encodedText(server, "displayName") },
    client: keysAndValues(encodedText(client, "version") ?? ""),
  };
}

function child(parent: XmlElement, local: string): XmlElement | undefined {
  const found = childElements(parent).filter((element) => isNamed(element, BANKID_TYPES, local));
  if (found.length > 1) {
    throw new RuleBroken("content");
  }
  return found[0];
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new RuleBroken("content");
  }
  return value;
}

function bytesOf(element: XmlElement): Uint8Array | undefined {
  const text = textOnly(element);
  return text === undefined ? undefined : decodeBase64(text);
}

/** Null: it is missing, or cannot be read; no rule depends on it. */
function encodedText(parent: XmlElement | undefined, local: string): string | null {
  const element = parent === undefined ? undefined : child(parent, local);
  const text = element === undefined ? undefined : textOnly(element);
  return (text === undefined ? undefined : decodeBase64Text(text)) ?? null;
}

function keysAndValues(text: string): Readonly<Record<string, string>> {
  const pairs = text.split("&").flatMap((pair): (readonly [string, string])[] => {
    const at = pair.indexOf("=");
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)]] : [];
  });
  return Object.fromEntries(pairs);
}
