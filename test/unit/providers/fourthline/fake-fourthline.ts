import type { Failure } from "../../../../shared/failure.ts";
import { success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../../../electron/net/http-client.ts";

export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly type?: string;
}

export interface SeenCall {
  readonly name: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  // Tests reach into bodies freely.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

interface FakeWorkflow {
  readonly id: string;
  status: string;
  statusCode: number;
  documents: { readonly documentId: string; readonly title: string; readonly bytes: Buffer }[];
  mobile: string | null;
  approvals: number;
  wrong: number;
  /** What each look at the status finds from now on, before the status stays. */
  coming: string[];
}

export const PASSCODE = "271828";
export const BASE = "https://fourthline.example";
export const offline: { readonly failure: Failure } = { failure: { code: "provider.unreachable" } };

type Planned = Reply | typeof offline | ((effect: () => Reply) => Reply | typeof offline);

/** Takes the effect, loses the answer. */
export const lost = (effect: () => Reply): typeof offline => {
  effect();
  return offline;
};

/** Fourthline as the sheet describes it, without a network; with the assumed paths and names (sheet section 5). */
export class FakeFourthline {
  readonly workflows: FakeWorkflow[] = [];
  readonly calls: SeenCall[] = [];
  /** Taken first, one a call of that name. */
  readonly next: Record<string, Planned[]> = {};
  tokens = 0;
  /** Tokens that are not good any more. */
  readonly dropped = new Set<string>();
  expiresIn: unknown = 3600;
  /** Statuses after the number, the selfie, the passcode. */
  afterNumber = ["user_consent_required"];
  afterSelfie = ["user_consent_required"];
  afterCode = ["signed"];
  conditions: object[] = [{ id: "general-terms", url: "https://example.org/terms.pdf" }];
  passcode: object | undefined = { length: 6, channel: "sms" };
  contract: Reply = { status: 204 };
  spoil: (signed: Buffer) => Buffer = (signed) => signed;

  readonly http: HttpClient = {
    request: (request) => Promise.resolve(this.#request(request)),
    close: () => Promise.resolve(),
  };

  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  names(): readonly string[] {
    return this.calls.map(({ name }) => name);
  }

  get last(): FakeWorkflow {
    const workflow = this.workflows.at(-1);
    if (workflow === undefined) throw new Error("no workflow was made");
    return workflow;
  }

  #request(request: HttpRequest): Result<HttpAnswer, Failure> {
    const url = new URL(request.url);
    const { name, parts } = named(request.method, url.pathname);
    const body = bodyOf(request);
    this.calls.push({ name, method: request.method, url, headers: request.headers ?? {}, body });
    if (request.signal?.aborted === true) {
      return { ok: false, failure: { code: "provider.cancelled" } };
    }
    const planned = this.next[name]?.shift();
    const effect = (): Reply => this.#answer(name, parts, body, request);
    const reply = planned === undefined ? effect() : typeof planned === "function" ? planned(effect) : planned;
    if ("failure" in reply) {
      return { ok: false, failure: reply.failure };
    }
    const bytes = reply.bytes ?? new TextEncoder().encode(reply.json === undefined ? "" : JSON.stringify(reply.json));
    return success({
      status: reply.status,
      headers: reply.type === undefined ? {} : { "content-type": reply.type },
      body: bytes,
    });
  }

  #answer(name: string, parts: readonly string[], body: SeenCall["body"], request: HttpRequest): Reply {
    if (name === "token") {
      if (body.client_secret !== "the-secret" || body.grant_type !== "client_credentials") {
        return { status: 401, json: { error: "invalid_client", message: `no client for ${body.client_secret}` } };
      }
      this.tokens += 1;
      return {
        status: 200,
        json: { access_token: `token-${this.tokens}`, token_type: "Bearer", expires_in: this.expiresIn },
      };
    }
    const token = request.headers?.["authorization"]?.replace("Bearer ", "") ?? "";
    if (!/^token-\d+$/u.test(token) || this.dropped.has(token)) {
      return { status: 401 };
    }
    if (name === "createWorkflow") {
      const id = `3f0f1a5e-0000-4000-8000-00000000000${this.workflows.length + 1}`;
      this.workflows.push({
        id,
        status: "new",
        statusCode: 0,
        documents: [],
        mobile: null,
        approvals: 0,
        wrong: 0,
        coming: ["pending"],
      });
      return { status: 201, json: { workflowId: id, clientId: "client-1" } };
    }
    const workflow = this.workflows.find(({ id }) => id === parts[0]);
    return workflow === undefined ? { status: 404 } : this.#ofWorkflow(name, workflow, parts, body);
  }

  #ofWorkflow(name: string, workflow: FakeWorkflow, parts: readonly string[], body: SeenCall["body"]): Reply {
    const refused: Reply = { status: 422, json: { message: `not in ${workflow.status}` } };
    switch (name) {
      case "status": {
        workflow.status = workflow.coming.shift() ?? workflow.status;
        const { id, status, statusCode } = workflow;
        return { status: 200, json: { signatureId: id, status, statusCode } };
      }
      case "uploadDocuments":
        workflow.documents.push(
          ...(body as Upload[]).map(({ title, bytes }, index) => ({
            documentId: `document-${workflow.documents.length + index + 1}`,
            title,
            bytes,
          })),
        );
        return { status: 200 };
      case "uploadMobile":
        workflow.mobile = body.mobilePhoneNumber;
        workflow.coming = [...this.afterNumber];
        return { status: 200 };
      case "uploadSelfie":
        workflow.coming = [...this.afterSelfie];
        return { status: 200 };
      case "details":
        if (workflow.status !== "user_consent_required") return refused;
        return {
          status: 200,
          json: {
            clientId: "client-1",
            mobilePhoneNumber: workflow.mobile,
            // In another order than they were sent.
            documents: workflow.documents.toReversed().map(({ documentId, title }) => ({ documentId, title })),
            legalConditions: this.conditions,
            passcode: this.passcode,
          },
        };
      case "approve":
        if (!["user_consent_required", "confirmation_required"].includes(workflow.status)) return refused;
        workflow.approvals += 1;
        workflow.status = "confirmation_required";
        return { status: 200, json: { attemptId: `approval-${workflow.approvals}` } };
      case "confirm":
        if (workflow.status !== "confirmation_required") return refused;
        if (body.passcode !== PASSCODE) {
          workflow.wrong += 1;
          if (workflow.wrong >= 3) workflow.status = "error";
          return { status: 422, json: { message: "wrong passcode" } };
        }
        workflow.coming = [...this.afterCode];
        return { status: 200, json: { attemptId: "confirmation-1" } };
      case "signedDocument": {
        const sent = workflow.documents.find(({ documentId }) => documentId === parts[1]);
        if (workflow.status !== "signed" || sent === undefined) return refused;
        const bytes = this.spoil(Buffer.concat([sent.bytes, Buffer.from("% signed\n%%EOF\n")]));
        return { status: 200, bytes: new Uint8Array(bytes), type: "application/pdf" };
      }
      case "infocertContract":
        return this.contract;
      default:
        throw new Error(`the fake does not know ${name}`);
    }
  }
}

interface Upload {
  readonly title: string;
  readonly bytes: Buffer;
}

const ENDS: Readonly<Record<string, string>> = {
  "POST documents": "uploadDocuments",
  "PUT mobilePhoneNumber": "uploadMobile",
  "POST selfie": "uploadSelfie",
  "POST approve": "approve",
  "POST confirm": "confirm",
  "GET status": "status",
  "GET contract": "infocertContract",
};

function named(method: string, path: string): { readonly name: string; readonly parts: readonly string[] } {
  if (path === "/v1/oauth2/token") return { name: "token", parts: [] };
  if (path === "/v1/workflows") return { name: "createWorkflow", parts: [] };
  const [, v1, qes, id = "", end, document] = path.split("/");
  if (v1 !== "v1" || qes !== "qualifiedElectronicSignature") throw new Error(`no such path: ${path}`);
  if (end === undefined) return { name: "details", parts: [id] };
  if (document !== undefined) return { name: "signedDocument", parts: [id, document] };
  return { name: ENDS[`${method} ${end}`] ?? `${method} ${end}`, parts: [id] };
}

function bodyOf({ body, headers }: HttpRequest): unknown {
  if (typeof body === "string") return JSON.parse(body);
  if (body === undefined) return null;
  const boundary = /boundary=(\S+)/u.exec(headers?.["content-type"] ?? "")?.[1] ?? "";
  const parts = Buffer.from(body)
    .toString("latin1")
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = "", ...rest] = part.slice(2).split("\r\n\r\n");
      return { head, bytes: Buffer.from(rest.join("\r\n\r\n").slice(0, -2), "latin1") };
    });
  if (parts.some(({ head }) => head.includes('name="selfie"'))) return { selfie: parts[0]?.bytes };
  const [information, ...files] = parts;
  const list = JSON.parse(information?.bytes.toString("utf8") ?? "{}") as { documents: { title: string }[] };
  return list.documents.map(({ title }, index) => ({ title, bytes: files[index]?.bytes }));
}
