import { startedBrowser } from "../runtime/browser.ts";

let allResponses = false;

/**
 * Intercepts every request of every window, worker and popup at the browser's own session, before any target exists.
 * Responses are stopped for documents (redirects); for everything once somebody listens to their headers.
 */
export async function interceptRequests(): Promise<void> {
  const responses = allResponses
    ? { urlPattern: "*", requestStage: "Response" }
    : { urlPattern: "*", resourceType: "Document", requestStage: "Response" };
  await startedBrowser()?.connection.root.send("Fetch.enable", {
    patterns: [{ urlPattern: "*" }, responses],
    // See `logins.ts`: Chromium itself would ask the person.
    handleAuthRequests: true,
  });
}

/** From now on all responses are stopped, for `onHeadersReceived`. */
export function interceptResponses(): void {
  if (allResponses) return;
  allResponses = true;
  interceptRequests().catch((error: unknown) => console.error(error));
}
