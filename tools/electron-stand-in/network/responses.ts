import type { HeaderEntry, RequestPaused } from "../cdp/protocol.ts";
import { browser } from "../runtime/browser.ts";

type Headers_ = Readonly<Record<string, string | readonly string[]>>;

/** Electron's header object as the protocol's list. */
export function entries(headers: Headers_): readonly HeaderEntry[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one) => ({ name, value: one })),
  );
}

/** The body of a request, as far as Chromium tells it; undefined when there is none. */
export function uploadOf(paused: RequestPaused): Buffer | undefined {
  const parts = paused.request.postDataEntries;
  return parts && Buffer.concat(parts.map(({ bytes }) => Buffer.from(bytes ?? "", "base64")));
}

/** Answers a stopped request with a whole response; `replaced` are the headers that a listener wants instead. */
export async function fulfill(requestId: string, response: Response, replaced?: Headers_): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  await browser().connection.root.send("Fetch.fulfillRequest", {
    requestId,
    responseCode: response.status,
    responseHeaders: entries(replaced ?? Object.fromEntries(response.headers)),
    body: body.toString("base64"),
  });
}
