import { guardInstances } from "../not-implemented.ts";

export interface RequestDetails {
  readonly url: string;
  readonly [key: string]: unknown;
}

/** What the listeners may answer. */
export interface BeforeRequestAnswer {
  readonly cancel?: boolean;
  readonly redirectURL?: string;
}
export interface BeforeSendHeadersAnswer {
  readonly cancel?: boolean;
  readonly requestHeaders?: Readonly<Record<string, string | readonly string[]>>;
}
export interface HeadersReceivedAnswer {
  readonly cancel?: boolean;
  readonly statusLine?: string;
  readonly responseHeaders?: Readonly<Record<string, string | readonly string[]>>;
}

type Listener<Answer> = (details: RequestDetails, callback: (answer: Answer) => void) => void;
type Filter = { readonly urls?: readonly string[] };

/** One event of webRequest. Electron keeps one listener an event and session: the last one wins. */
class Hook<Answer> {
  #entry: { readonly filter: Filter; readonly listener: Listener<Answer> } | undefined;

  set(first: Filter | Listener<Answer> | null, second?: Listener<Answer> | null): void {
    if (typeof first === "function") this.#entry = { filter: {}, listener: first };
    else this.#entry = second ? { filter: first ?? {}, listener: second } : undefined;
  }
  get isSet(): boolean {
    return this.#entry !== undefined;
  }
  /** Asks the listener; undefined when there is none for this address. */
  async ask(details: RequestDetails): Promise<Answer | undefined> {
    const entry = this.#entry;
    if (entry === undefined || !matches(entry.filter, details.url)) return undefined;
    return new Promise((resolve) => entry.listener(details, (answer) => resolve(answer ?? ({} as Answer))));
  }
}

/** Match patterns as in extensions: `*` stands for anything. */
function matches(filter: Filter, url: string): boolean {
  if (!filter.urls || filter.urls.length === 0) return true;
  return filter.urls.some((pattern) => {
    if (pattern === "<all_urls>") return true;
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${source}$`, "s").test(url);
  });
}

/** `session.webRequest`, as far as the app needs it. */
export class WebRequest {
  readonly beforeRequest: Hook<BeforeRequestAnswer> = new Hook();
  readonly beforeSendHeaders: Hook<BeforeSendHeadersAnswer> = new Hook();
  readonly headersReceived: Hook<HeadersReceivedAnswer> = new Hook();
  readonly #onHeadersHook: () => void;

  /** @param onHeadersHook called when responses have to be looked at from now on. */
  constructor(onHeadersHook: () => void) {
    this.#onHeadersHook = onHeadersHook;
  }

  onBeforeRequest(first: Filter | Listener<BeforeRequestAnswer> | null, second?: Listener<BeforeRequestAnswer>): void {
    this.beforeRequest.set(first, second);
  }
  onBeforeSendHeaders(
    first: Filter | Listener<BeforeSendHeadersAnswer> | null,
    second?: Listener<BeforeSendHeadersAnswer>,
  ): void {
    this.beforeSendHeaders.set(first, second);
  }
  onHeadersReceived(
    first: Filter | Listener<HeadersReceivedAnswer> | null,
    second?: Listener<HeadersReceivedAnswer>,
  ): void {
    this.headersReceived.set(first, second);
    if (this.headersReceived.isSet) this.#onHeadersHook();
  }
}

guardInstances("webRequest", WebRequest);
