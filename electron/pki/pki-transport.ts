import type { Failure } from "../../shared/failure.ts";
import { failed, type Result, success } from "../../shared/result.ts";

/** The little of an HTTP client that revocation and issuer requests need; `net/http-client.ts` fits. */
export interface PkiTransport {
  request(request: {
    readonly method: "GET" | "POST";
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Uint8Array;
    readonly signal?: AbortSignal;
    readonly timeoutMilliseconds?: number;
    readonly maximumBytes?: number;
  }): Promise<
    Result<
      {
        readonly status: number;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: Uint8Array;
      },
      Failure
    >
  >;
}

export interface PkiFetch {
  readonly url: string;
  /** Absent: GET. */
  readonly post?: { readonly type: string; readonly body: Uint8Array };
  readonly accept: string;
  readonly maximumBytes: number;
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

const MAXIMUM_REDIRECTS = 3;

/**
 * The body of a 200 answer, or why there is none: a short word ("timeout", "HTTP 500", "too-large") for the details of
 * a message. Redirects are followed for GET only, a few times, and only to http and https.
 *
 * SECURITY: the address comes out of a certificate, which may be a stranger's. Nothing but this request leaves the
 * computer: no cookie, no credential; size, time and redirects are bounded.
 */
export async function fetchPki(transport: PkiTransport, order: PkiFetch): Promise<Result<Uint8Array, string>> {
  let { url } = order;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await transport.request({
      method: order.post === undefined ? "GET" : "POST",
      url,
      headers: { accept: order.accept, ...(order.post === undefined ? {} : { "content-type": order.post.type }) },
      ...(order.post === undefined ? {} : { body: order.post.body }),
      ...(order.signal === undefined ? {} : { signal: order.signal }),
      timeoutMilliseconds: order.timeoutMilliseconds,
      maximumBytes: order.maximumBytes,
    });
    if (!answer.ok) {
      return failed(reasonOf(answer.failure));
    }
    const { status, headers, body } = answer.value;
    if (status === 200) {
      return success(body);
    }
    const next = status >= 300 && status < 400 ? URL.parse(headers["location"] ?? "", url) : null;
    const canFollow = next !== null && /^https?:$/u.test(next.protocol) && order.post === undefined;
    if (!canFollow || redirects >= MAXIMUM_REDIRECTS) {
      return failed(`HTTP ${status}`);
    }
    url = next.href;
  }
}

function reasonOf({ code, params }: Failure): string {
  const reason = params?.["reason"];
  return reason === undefined ? code : String(reason);
}
