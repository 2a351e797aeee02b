/**
 * Chromium cannot be told of new URL schemes, so `app://bundle/x` travels as `https://app--bundle.stand-in.invalid/x`.
 * RFC 6761 6.4: `.invalid` never resolves, so a mapped address can never reach the network by mistake.
 */
const WIRE_SUFFIX = ".stand-in.invalid";

/** Translates between the addresses that the app sees and those that Chromium sees. */
export class SchemeMap {
  readonly #schemes = new Set<string>();

  /** Makes `scheme` (without the colon) one that is mapped. The web's own schemes are never mapped. */
  add(scheme: string): void {
    if (["http", "https", "file", "data", "blob", "about", "javascript"].includes(scheme)) return;
    this.#schemes.add(scheme);
  }

  toWire(url: string): string {
    const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url);
    const scheme = match?.[1]?.toLowerCase();
    if (!match || scheme === undefined || !this.#schemes.has(scheme)) return url;
    const rest = match[3] ?? "";
    return `https://${scheme}--${match[2] || "x"}${WIRE_SUFFIX}${rest.startsWith("/") ? rest : `/${rest}`}`;
  }

  fromWire(url: string): string {
    const match = /^https:\/\/([a-z][a-z0-9+.-]*?)--([^/?#@:]*)\.stand-in\.invalid((?:[/?#].*)?)$/i.exec(url);
    return match ? `${match[1]}://${match[2]}${match[3]}` : url;
  }

  /** Whether Chromium's address is one of ours, registered or not. Such an address must never go to the network. */
  isWire(url: string): boolean {
    const host = URL.parse(url)?.hostname ?? "";
    return host.endsWith(WIRE_SUFFIX);
  }
}

/** The one map of this process. */
export const schemeMap: SchemeMap = new SchemeMap();
