import type { PageEvents, ProviderPages } from "../electron/services/ports.ts";
import { isReturn, pageAddress } from "../electron/providers/provider-return.ts";
import type { ProviderPage } from "../electron/providers/provider.ts";

export interface BrowserPagesParts {
  readonly tell: (text: string) => void;
  /** Reads a line from the terminal until the signal ends it (then null); null when nobody is there. */
  readonly readLine: ((signal: AbortSignal) => Promise<string | null>) | null;
}

/**
 * Without a window of ours the person opens the page in a browser of their own, which really goes to the registered return
 * address at the end. No result travels with it: providers are asked for that all the time. At a terminal the person can say
 * that the browser is back, so that it is asked at once; the pasted address also tells IDnow's "broken off" from its "done".
 */
export function browserPages({ tell, readLine }: BrowserPagesParts): ProviderPages {
  return {
    open: (page, events) => {
      tell(`Open this page in your browser: ${page.url}`);
      const closed = new AbortController();
      if (readLine !== null) {
        tell(`When the browser has come back to ${page.policy.returnUrl}, press Enter here, or paste its address.`);
        void listen(page, events, { tell, readLine }, closed.signal);
      }
      return { focus: () => tell(`Open this page in your browser: ${page.url}`), close: () => closed.abort() };
    },
  };
}

async function listen(
  { policy }: ProviderPage,
  events: Pick<PageEvents, "onReturn">,
  {
    tell,
    readLine,
  }: { readonly tell: (text: string) => void; readonly readLine: NonNullable<BrowserPagesParts["readLine"]> },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const line = await readLine(signal);
    if (line === null || signal.aborted) {
      return;
    }
    const address = line.trim() === "" ? policy.returnUrl : line.trim();
    // As in the window.
    const url = pageAddress(address);
    if (url !== null && isReturn(url, policy.returnUrl)) {
      events.onReturn(address);
      return;
    }
    tell(`That is not the address that the browser comes back to (${policy.returnUrl}).`);
  }
}
