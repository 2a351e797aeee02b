import { isReturn, pageAddress } from "../../providers/provider-return.ts";
import type { ProviderPagePolicy } from "../../providers/provider.ts";

export type NavigationVerdict = "load" | "return" | "refuse";

/** What happens with an address that a provider's window wants to show. Pure, so that it is tested as a table. */
export function judgeNavigation(address: string, policy: ProviderPagePolicy): NavigationVerdict {
  const url = pageAddress(address);
  if (url === null) {
    return "refuse";
  }
  if (isReturn(url, policy.returnUrl)) {
    return "return";
  }
  return url.protocol === "https:" && policy.allowedOrigins.includes(url.origin) ? "load" : "refuse";
}

/** SECURITY: the page itself comes back, never something inside it: a picture or a frame of anybody could. */
export function judgeFrame(address: string, isMainFrame: boolean, policy: ProviderPagePolicy): NavigationVerdict {
  const verdict = judgeNavigation(address, policy);
  return verdict === "return" && !isMainFrame ? "refuse" : verdict;
}

/**
 * The same for every request of the window's session, redirects included. Scripts, pictures and the like of the page may
 * come from anywhere; the return address never reaches the network, whatever asks for it.
 */
export function judgeRequest(
  { url, resourceType }: { readonly url: string; readonly resourceType: string },
  policy: ProviderPagePolicy,
): NavigationVerdict {
  if (resourceType === "mainFrame" || resourceType === "subFrame") {
    return judgeFrame(url, resourceType === "mainFrame", policy);
  }
  return judgeNavigation(url, policy) === "return" ? "refuse" : "load";
}
