import type { Failure } from "../../shared/failure.ts";

export type ProxyProblemKind = "unreachable" | "credentials" | "refused" | "tls";

/** What went wrong at a proxy, before the request could reach its server. SECURITY: it holds no user name or password. */
export class ProxyProblem extends Error {
  override readonly name = "ProxyProblem";
  readonly kind: ProxyProblemKind;
  /** Host and port of the proxy. */
  readonly proxy: string;
  /** A status, a code of the network, or a kind of proxy. */
  readonly detail: string;

  constructor(kind: ProxyProblemKind, proxy: string, detail: string) {
    super(`proxy ${kind}: ${detail}`);
    this.kind = kind;
    this.proxy = proxy;
    this.detail = detail;
  }

  get failure(): Failure {
    return { code: `network.proxy-${this.kind}`, params: { host: this.proxy, reason: this.detail } };
  }
}
