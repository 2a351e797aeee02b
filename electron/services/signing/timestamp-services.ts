import { createHttpClient } from "../../net/http-client.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import { repeatingClient } from "../../net/repeating-client.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { createExtension } from "../extending/create-extension.ts";
import type { SigningEnvironment } from "./signing-environment.ts";
import { timestamper } from "./timestamper.ts";

export interface TimestampServiceParts {
  /** Null: no timestamp service is configured. */
  readonly url: string | null;
  /** Whom the finished signature is judged against. */
  readonly trustAnchors: readonly Certificate[];
  /** "none": nobody said which issuers of timestamps are trusted; a token is checked in all but that, and judged afterwards. */
  readonly timestampAnchors: readonly Certificate[] | "none";
  readonly network: HttpClientOptions;
}

export type TimestampServices = Pick<SigningEnvironment, "trustAnchors" | "timestampHost" | "timestamp" | "extend">;

/** Timestamps, and the revocation services for what is timestamped, over one RFC 3161 service. */
export function timestampServices({
  url,
  trustAnchors,
  timestampAnchors,
  network,
}: TimestampServiceParts): TimestampServices {
  if (url === null) {
    return { trustAnchors, timestampHost: null, timestamp: null, extend: null };
  }
  const transport = repeatingClient(createHttpClient(network));
  return {
    trustAnchors,
    timestampHost: new URL(url).host,
    timestamp: timestamper(transport, url, timestampAnchors),
    extend: createExtension({
      transport,
      timestampUrl: url,
      anchors: trustAnchors,
      timestampAnchors,
      now: () => new Date(),
    }),
  };
}
