import type { ProviderPagePolicy } from "../../providers/provider.ts";

/** SECURITY: a longer address is no return of a provider. */
const MAXIMUM_ADDRESS_LENGTH = 8_192;

export type NavigationVerdict = "load" | "return" | "refuse";

/** What happens with an address that a provider's window wants to show. Pure, so that it is tested as a table. */
export function judgeNavigation(address: string, policy: ProviderPagePolicy): NavigationVerdict {
  if (address.length > MAXIMUM_ADDRESS_LENGTH) {
    return "refuse";
  }
  const url = parse(address);
  if (url === null || url.username !== "" || url.password !== "") {
    return "refuse";
  }
  if (isReturn(url, policy.returnUrl)) {
    return "return";
  }
  return url.protocol === "https:" && policy.allowedOrigins.includes(url.origin) ? "load" : "refuse";
}

/** Same scheme, host, port and path; the query belongs to the answer (providers/itsme.md 3.3). */
function isReturn(url: URL, returnUrl: string): boolean {
  const expected = parse(returnUrl);
  return (
    expected !== null &&
    url.protocol === expected.protocol &&
    url.host === expected.host &&
    url.pathname === expected.pathname
  );
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
