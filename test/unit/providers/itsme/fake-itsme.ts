import type { Failure } from "../../../../shared/failure.ts";
import type { Result } from "../../../../shared/result.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../../../electron/net/http-client.ts";
import type { TestPerson } from "./person-certificate.ts";

export type Reply =
  | { readonly status: number; readonly json?: unknown; readonly text?: string }
  | { readonly failure: Failure };

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  // Tests reach into bodies freely.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

const PENDING = "urn:oasis:names:tc:dss:1.0:profiles:asynchronousprocessing:resultmajor:Pending";
const SUCCESS = "urn:oasis:names:tc:dss:1.0:resultmajor:Success";
const REQUESTER_ERROR = "urn:oasis:names:tc:dss:1.0:resultmajor:RequesterError";
export const major = { PENDING, SUCCESS, REQUESTER_ERROR };

const STEPS = {
  "/user_identification": "identify",
  "/user_identification/status": "identify-status",
  "/sign_document": "sign",
  "/.well-known/configuration": "discovery",
} as const;
export type FakeStep = "identify" | "identify-status" | "sign" | "sign-status" | "discovery";

/** itsme as the sheet describes it, without a network: answers at once, unless a test puts a reply in front. */
export class FakeItsme implements HttpClient {
  readonly calls: (Call & { readonly step: FakeStep })[] = [];
  person: TestPerson;
  /** Taken first, one a call of that step. */
  readonly next: Partial<Record<FakeStep, Reply[]>> = {};
  /** Taken when set and `next` is empty. */
  readonly always: Partial<Record<FakeStep, (call: Call) => Reply | null>> = {};
  readonly sessions = new Map<string, { readonly id: string; readonly sha256: string }[]>();
  #counter = 0;

  constructor(person: TestPerson) {
    this.person = person;
  }

  count(step: FakeStep): number {
    return this.calls.filter((call) => call.step === step).length;
  }

  request(request: HttpRequest): Promise<Result<HttpAnswer, Failure>> {
    const path = new URL(request.url).pathname.replace("/qes-partners/1.0.0", "");
    const body: unknown = typeof request.body === "string" ? JSON.parse(request.body) : null;
    const call: Call = { method: request.method, path, headers: request.headers ?? {}, body };
    const known = STEPS[path as keyof typeof STEPS];
    const step: FakeStep = known === "sign" && call.body.asyncRespID !== null ? "sign-status" : known;
    this.calls.push({ ...call, step });
    if (request.signal?.aborted === true) {
      return Promise.resolve({ ok: false, failure: { code: "provider.cancelled" } });
    }
    const reply = this.next[step]?.shift() ?? this.always[step]?.(call) ?? this.#answer(step, call);
    if ("failure" in reply) {
      return Promise.resolve({ ok: false, failure: reply.failure });
    }
    const text = reply.text ?? (reply.json === undefined ? "" : JSON.stringify(reply.json));
    const value = { status: reply.status, headers: {}, body: new TextEncoder().encode(text) };
    return Promise.resolve({ ok: true, value });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The values of a session, as `sigObj` holds them. */
  sigObj(session: string): { b64Sig: { value: string }; whichDoc: string }[] {
    return (this.sessions.get(session) ?? []).map(({ id, sha256 }) => ({
      b64Sig: { value: this.person.sign(sha256) },
      whichDoc: id,
    }));
  }

  #answer(step: FakeStep, call: Call): Reply {
    this.#counter += 1;
    switch (step) {
      case "identify":
        return {
          status: 200,
          json: {
            status: "OK",
            asyncRespID: `identification-${this.#counter}`,
            identificationUrl: `https://pages.example/qes/identify_yourself?q=${this.#counter}`,
          },
        };
      case "identify-status":
        return { status: 200, json: this.identified() };
      case "sign": {
        const session = `signing-${this.#counter}`;
        const hashes = call.body.inDocs.docHash.map((entry: { id: string; di: { value: string }[] }) => ({
          id: entry.id,
          sha256: Buffer.from(entry.di[0]!.value, "base64").toString("hex"),
        }));
        this.sessions.set(session, hashes);
        const signingUrl = `https://pages.example/qes/prove_its_you_poka?q=${this.#counter}`;
        const json = { result: { maj: PENDING }, reqID: call.body.reqID, respID: session };
        return { status: 200, json: { ...json, optOutp: { itsme: { signingUrl, userCode: USER_CODE } } } };
      }
      case "sign-status": {
        const sigObj = this.sigObj(call.body.asyncRespID);
        // An unknown session is answered with an empty 409.
        return sigObj.length === 0
          ? { status: 409 }
          : { status: 200, json: { result: { maj: SUCCESS }, reqID: call.body.reqID, sigObj } };
      }
      case "discovery":
        return { status: 503 };
    }
  }

  identified(): object {
    const { leafPem, chainPem } = this.person;
    return { status: "OK", userCode: USER_CODE, certificate: leafPem, fullCertificateChain: chainPem };
  }
}

export const USER_CODE = "9o8f04wm1g0bdc8gmgcuxp2ehgn7txh0x2kq";
