import type { Failure } from "../../../../shared/failure.ts";
import { failed } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { httpsUrl } from "./field-types.ts";
import { readIdentification } from "./identification-answer.ts";
import type { Identification } from "./identification-answer.ts";
import type { Call, IdnowCall } from "./idnow-call.ts";
import { readHashes, readImages, readPdf, readSignedPdfs, readVideo, readVoiceFiles } from "./media-answers.ts";
import type { NamedFile, ReturnedHash, Video } from "./media-answers.ts";
import { failureOfIssue } from "./order-request.ts";
import { accepted, damaged, readWith } from "./read-with.ts";

const MEGABYTE = 1_048_576;
/** Reports with pictures, sound and films of a call. */
const LARGE = 64 * MEGABYTE;
const LARGEST = 512 * MEGABYTE;
const SLOW = 600_000;

export interface ResultOptions {
  readonly encrypted?: boolean;
  readonly signal: AbortSignal;
}

export interface IdentificationVariant {
  readonly initialData?: boolean;
  readonly method?: boolean;
  readonly identifier?: boolean;
}

/** What an order has brought (manual 3.3 to 3.11, chapter 7). */
export function resultCalls(call: IdnowCall) {
  const get = (path: readonly string[], options: ResultOptions, more: Partial<Call> = {}) =>
    call({
      method: "GET",
      path,
      signal: options.signal,
      encrypted: options.encrypted ?? false,
      maximumBytes: LARGE,
      timeoutMilliseconds: SLOW,
      ...more,
    });
  const pdf = { accept: "application/pdf, application/octet-stream;q=0.5" };

  return {
    async getIdentData(
      orderId: string,
      variant: IdentificationVariant,
      options: ResultOptions,
    ): Promise<Result<Identification, Failure>> {
      const path = [
        "getIdentData",
        orderId,
        ...(variant.initialData === true ? ["IncludeInitialData"] : []),
        ...(variant.method === true ? ["IncludeIdentifyMethod"] : []),
        ...(variant.identifier === true ? ["IncludeIdentifier"] : []),
      ];
      return readWith(await get(path, options), readIdentification);
    },

    /** An identification to be used again (Namirial): opaque, to be sent back as it is. */
    async getSignedIdentData(orderId: string, options: ResultOptions): Promise<Result<Uint8Array, Failure>> {
      const sent = await get(["getIdentData", orderId, "Signed"], options, { accept: "*/*" });
      return readWith(sent, ({ body }) => (body.length === 0 ? null : body));
    },

    getIdentDataPDF: async (orderId: string, options: ResultOptions): Promise<Result<Uint8Array, Failure>> =>
      readWith(await get(["getIdentDataPDF", orderId], options, pdf), readPdf, damaged),

    /** In no promised order, and without names. */
    async getESignPDF(
      orderId: string,
      options: ResultOptions & { readonly maximumBytes?: number },
    ): Promise<Result<readonly Uint8Array[], Failure>> {
      const maximumBytes = options.maximumBytes ?? LARGEST;
      return readWith(await get(["getESignPDF", orderId], options, { maximumBytes }), readSignedPdfs, damaged);
    },

    getESignHash: async (orderId: string, options: ResultOptions): Promise<Result<readonly ReturnedHash[], Failure>> =>
      readWith(await get(["getESignHash", orderId], { signal: options.signal }), readHashes, damaged),

    /** Orders with advanced signatures only. */
    getESignAuditLogPDF: async (orderId: string, options: ResultOptions): Promise<Result<Uint8Array, Failure>> =>
      readWith(await get(["getESignAuditLogPDF", orderId], { signal: options.signal }, pdf), readPdf, damaged),

    getImages: async (orderId: string, options: ResultOptions): Promise<Result<readonly NamedFile[], Failure>> =>
      readWith(await get(["getImages", orderId], { signal: options.signal }), readImages, damaged),

    /** Asks IDnow to make the film ready; it calls `callbackUrl` then (GET). */
    async getVideoFileBinaryAsync(
      orderId: string,
      callbackUrl: string,
      signal: AbortSignal,
    ): Promise<Result<null, Failure>> {
      const checked = httpsUrl(2000).safeParse(callbackUrl);
      if (!checked.success) {
        const { params } = failureOfIssue(checked.error.issues[0]);
        return failed({ code: "idnow.field", params: { ...params, field: "callbackUrl" } });
      }
      const path = ["getVideoFileBinaryAsync", orderId];
      return accepted(await call({ method: "POST", path, body: { callbackUrl }, signal }));
    },

    /** Before the callback came, this may be a placeholder. */
    async getVideoFileBinary(orderId: string, options: ResultOptions): Promise<Result<Video, Failure>> {
      const more = { maximumBytes: LARGEST, accept: "video/mp4, video/webm" };
      return readWith(await get(["getVideoFileBinary", orderId], options, more), readVideo, damaged);
    },

    getVoiceFiles: async (orderId: string, options: ResultOptions): Promise<Result<readonly NamedFile[], Failure>> =>
      readWith(await get(["getVoiceFiles", orderId], options), readVoiceFiles, damaged),
  };
}
