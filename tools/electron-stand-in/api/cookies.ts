import type { Cookie, CookiesGetFilter, CookiesSetDetails } from "electron";
import { guardInstances } from "../not-implemented.ts";
import { browser } from "../runtime/browser.ts";

/** `session.cookies`: those of one browser context. */
export class Cookies {
  readonly #contextId: () => Promise<string | undefined>;

  constructor(contextId: () => Promise<string | undefined>) {
    this.#contextId = contextId;
  }

  async get(filter: CookiesGetFilter): Promise<Cookie[]> {
    const browserContextId = await this.#contextId();
    const answer = await browser().connection.root.send<{ cookies: Cookie[] }>("Storage.getCookies", {
      browserContextId,
    });
    return answer.cookies.filter(
      (cookie) =>
        (filter.name === undefined || cookie.name === filter.name) &&
        (filter.domain === undefined || cookie.domain === filter.domain),
    );
  }
  async set(details: CookiesSetDetails): Promise<void> {
    const browserContextId = await this.#contextId();
    const { expirationDate, ...cookie } = details;
    await browser().connection.root.send("Storage.setCookies", {
      browserContextId,
      cookies: [{ ...cookie, ...(expirationDate === undefined ? {} : { expires: expirationDate }) }],
    });
  }
  async flushStore(): Promise<void> {}
}

guardInstances("cookies", Cookies);
