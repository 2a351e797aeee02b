import type { Failure } from "../../../shared/failure.ts";
import type { Sha256Hex } from "../../../shared/ids.ts";
import type { Result } from "../../../shared/result.ts";
import type { HttpAnswer, HttpClient } from "../../net/http-client.ts";
import type { ItsmeProfile } from "./itsme-profile.ts";

const INTERFACE_PATH = "/qes-partners/1.0.0";
const SHA256_URI = "http://www.w3.org/2001/04/xmlenc#sha256";

export interface LocalText {
  readonly lang: string;
  readonly value: string;
}

export interface SignStartFields {
  readonly requestId: string;
  readonly language: string;
  readonly userCode: string;
  readonly hashes: readonly { readonly id: string; readonly sha256: Sha256Hex }[];
  readonly description: readonly LocalText[];
  readonly policy: string;
  readonly commitmentType: string | null;
  readonly signerRole: readonly LocalText[];
}

/** The five calls, exactly as they travel. Reading the answers is another file's business (`answers.ts`). */
export interface ItsmeApi {
  discover(signal?: AbortSignal): Promise<Result<HttpAnswer, Failure>>;
  startIdentification(
    fields: { readonly language: string; readonly userCode: string | null },
    signal: AbortSignal,
  ): Promise<Result<HttpAnswer, Failure>>;
  identificationStatus(session: string, signal: AbortSignal): Promise<Result<HttpAnswer, Failure>>;
  startSigning(fields: SignStartFields, signal: AbortSignal): Promise<Result<HttpAnswer, Failure>>;
  signingStatus(requestId: string, session: string, signal: AbortSignal): Promise<Result<HttpAnswer, Failure>>;
}

export function itsmeApi(profile: ItsmeProfile, http: HttpClient): ItsmeApi {
  const base = interfaceUrl(profile.baseUrl);
  const { partnerCode, serviceCode, redirectUrl } = profile;
  const common: Record<string, string> = { accept: "application/json" };
  const posting: Record<string, string> = { ...common, "content-type": "application/json" };
  if (profile.partnerCodeHeader !== undefined) {
    posting["x-partner-code"] = profile.partnerCodeHeader;
  }
  const post = (path: string, body: unknown, signal: AbortSignal) =>
    http.request({ method: "POST", url: base + path, headers: posting, body: JSON.stringify(body), signal });

  return {
    discover: (signal) =>
      http.request({
        method: "GET",
        url: `${base}/.well-known/configuration`,
        headers: common,
        ...(signal === undefined ? {} : { signal }),
      }),
    startIdentification: ({ language, userCode }, signal) =>
      post(
        "/user_identification",
        { partnerCode, serviceCode, redirectUrl, lang: language, ...(userCode === null ? {} : { userCode }) },
        signal,
      ),
    identificationStatus: (session, signal) =>
      post("/user_identification/status", { partnerCode, serviceCode, asyncRespID: session }, signal),
    startSigning: (fields, signal) => post("/sign_document", signStartBody(profile, fields), signal),
    signingStatus: (requestId, session, signal) =>
      post(
        "/sign_document",
        {
          inDocs: null,
          reqID: requestId,
          // Without this id the same call would start a new session.
          asyncRespID: session,
          optInp: { itsme: { partnerCode, serviceCode } },
        },
        signal,
      ),
  };
}

function signStartBody(profile: ItsmeProfile, fields: SignStartFields): unknown {
  const docHash = fields.hashes.map(({ id, sha256 }) => ({
    id,
    // Exactly one entry, and padded standard Base64: the documents name base64url as well, the examples use this.
    di: [{ alg: SHA256_URI, value: Buffer.from(sha256, "hex").toString("base64") }],
  }));
  const signPolicy = {
    signPolicyRef: fields.policy,
    ...(fields.commitmentType === null ? {} : { commitmentTypeRef: fields.commitmentType }),
    ...(fields.signerRole.length === 0 ? {} : { signerRole: fields.signerRole }),
  };
  return {
    inDocs: { docHash },
    reqID: fields.requestId,
    asyncRespID: null,
    optInp: {
      lang: fields.language,
      itsme: {
        signer: { userCode: fields.userCode },
        partnerCode: profile.partnerCode,
        serviceCode: profile.serviceCode,
        redirectUrl: profile.redirectUrl,
        ...(fields.description.length === 0 ? {} : { description: fields.description }),
        signPolicy,
      },
    },
  };
}

/** Some letters give the address with the interface's path, some without. */
function interfaceUrl(baseUrl: string): string {
  const trimmed = baseUrl.replace(/\/+$/u, "");
  return trimmed.endsWith(INTERFACE_PATH) ? trimmed : trimmed + INTERFACE_PATH;
}
