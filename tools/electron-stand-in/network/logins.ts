import { app } from "../api/app.ts";
import type { AuthRequired } from "../cdp/protocol.ts";
import { browser } from "../runtime/browser.ts";
import { cancellableEvent } from "../runtime/cancellable-event.ts";
import { ownerOf } from "../runtime/frame-owners.ts";
import { schemeMap } from "../wire/scheme-map.ts";

/**
 * Asks the app when a server or proxy wants a name and a password: Electron's event `login`. Nobody who prevents the
 * default: the request goes on without, as in Electron. Whoever prevents it has to call back, or the page waits for ever.
 */
export function watchLogins(): void {
  browser().connection.root.on("Fetch.authRequired", (asked) => {
    const contents = ownerOf(asked.frameId)?.contents ?? null;
    const answer = (username?: string, password = ""): void =>
      respond(
        asked.requestId,
        username === undefined ? { response: "CancelAuth" } : { response: "ProvideCredentials", username, password },
      );
    const event = cancellableEvent({});
    app.emit("login", event, contents, detailsOf(asked), infoOf(asked), answer);
    if (!event.defaultPrevented) answer();
  });
}

function respond(requestId: string, authChallengeResponse: object): void {
  browser()
    .connection.root.send("Fetch.continueWithAuth", { requestId, authChallengeResponse })
    .catch(() => {});
}

function detailsOf({ request, resourceType }: AuthRequired): object {
  return {
    url: schemeMap.fromWire(request.url),
    pid: 0,
    isRequestForNavigation: resourceType === "Document",
    firstAuthAttempt: true,
    responseHeaders: {},
  };
}

function infoOf({ authChallenge: { source, origin, scheme, realm } }: AuthRequired): object {
  const { hostname = "", port = "", protocol = "" } = URL.parse(origin) ?? {};
  const usual = protocol === "https:" ? 443 : 80;
  return { isProxy: source === "Proxy", scheme, host: hostname, port: port === "" ? usual : Number(port), realm };
}
