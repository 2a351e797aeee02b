import { Agent, buildConnector, Socks5ProxyAgent } from "undici";
import type { Dispatcher } from "undici";
import type { SecureContext } from "node:tls";
import { watchAlerts } from "./alert-watch.ts";
import type { AlertWatch } from "./alert-watch.ts";
import { answerWith, connectToProxy, proxyConnector } from "./proxy-connector.ts";
import type { ProxyRoute, ProxyServer } from "./proxy-route.ts";
import { hostPort } from "./proxy-route.ts";

/** The connections of one client on one route. */
export interface Opened {
  readonly dispatcher: Dispatcher;
  readonly alerts: AlertWatch;
}

export interface DispatcherParts {
  /** For the servers: their trust, and our certificate. */
  readonly secureContext: SecureContext;
  /** For proxies that are spoken to by TLS. SECURITY: our client certificate is not for them. */
  readonly proxyContext: () => SecureContext;
  readonly connectMilliseconds: number;
}

/** SECURITY: said aloud. Left unsaid, Node lets the variable NODE_TLS_REJECT_UNAUTHORIZED decide. */
export const CHECKED = { rejectUnauthorized: true } as const;

/** Opens nothing before the first request. */
export function openDispatcher(route: Exclude<ProxyRoute, { kind: "unsupported" }>, parts: DispatcherParts): Opened {
  const timeout = parts.connectMilliseconds;
  // SECURITY: one request at a time on a connection, and no HTTP/2, keep an answer tied to its own request.
  const tls = { secureContext: parts.secureContext, timeout, allowH2: false, ...CHECKED };
  const toServer = buildConnector(tls);
  const alerts = watchAlerts(route.kind === "direct" ? toServer : throughProxy(route, toServer, parts));
  const dispatcher =
    route.kind === "socks5"
      ? socksDispatcher(route, parts)
      : new Agent({ connect: alerts.connect, pipelining: 1, keepAliveTimeout: 10_000 });
  return { dispatcher, alerts };
}

function throughProxy(
  route: ProxyServer,
  toServer: buildConnector.connector,
  parts: DispatcherParts,
): buildConnector.connector {
  return proxyConnector({
    route,
    toProxy: proxyLeg(route, parts),
    toServer,
    timeoutMilliseconds: parts.connectMilliseconds,
  });
}

export function proxyLeg(
  { kind }: Pick<ProxyServer, "kind">,
  parts: Pick<DispatcherParts, "proxyContext" | "connectMilliseconds">,
): buildConnector.connector {
  const common = { timeout: parts.connectMilliseconds, allowH2: false };
  return buildConnector(kind === "https" ? { ...common, ...CHECKED, secureContext: parts.proxyContext() } : common);
}

/** undici calls its SOCKS5 support experimental, and says so once on standard error. */
function socksDispatcher(route: ProxyServer, parts: DispatcherParts): Dispatcher {
  const { credentials } = route;
  const toProxy = proxyLeg(route, parts);
  return new Socks5ProxyAgent(`socks5://${hostPort(route)}`, {
    ...(credentials === null ? {} : { username: credentials.user, password: credentials.password }),
    connect: (_options, callback) => answerWith(connectToProxy({ route, toProxy }), callback),
    requestTls: { secureContext: parts.secureContext, timeout: parts.connectMilliseconds, ...CHECKED },
  });
}
