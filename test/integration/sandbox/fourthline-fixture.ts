import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, FormData, request } from "undici";
import { simplePdf } from "../../../sandbox/documents/simple-pdf.ts";
import type { CallName } from "../../../sandbox/fourthline/endpoint-table.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import type { SandboxOptions } from "../../../sandbox/start-sandbox.ts";

export interface FourthlineReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The parsed body; which of its fields are there is what the tests find out. */
  readonly json: FourthlineJson;
}

/** All fields of all answers under their usual names. */
export interface FourthlineJson {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly workflowId: string;
  readonly clientId: string;
  readonly signatureId: string;
  readonly verificationId: string;
  readonly mobilePhoneNumber: string;
  readonly documents: readonly { readonly documentId: string; readonly title: string }[];
  readonly legalConditions: readonly {
    readonly id: string;
    readonly title: string;
    readonly text: string;
    readonly url: string;
  }[];
  readonly passcode: { readonly length: number; readonly channel: string };
  readonly attemptId: string;
  readonly status: string;
  readonly statusCode: number;
  readonly message: string;
  readonly code: string;
  readonly errors: readonly string[];
}

type Body =
  | { readonly json: unknown }
  | { readonly form: FormData }
  | { readonly type: string; readonly body: string | Buffer };

export const contract = simplePdf("Contract", ["Between us"]);
export const annex = simplePdf("Annex", ["Also between us"]);
export const mobile = "+31612345678";
/** SOI, APP0 and EOI: enough of a JPEG to be taken for one. */
export const selfie = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xd9);

/** A sandbox in a folder of its own, and a customer's program that talks to its Fourthline. */
export async function fourthlineFixture(options: Partial<SandboxOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-sandbox-"));
  const time = { ahead: 0 };
  const sandbox = await startSandbox({ folder, clock: () => Date.now() + time.ahead, ...options });
  const agent = new Agent({ connect: { ca: sandbox.tlsCaPem } });
  const { clientId, clientSecret, workflowNames, table } = sandbox.fourthlineProfile;
  const { fourthline } = sandbox.control;
  let token = "";

  const send = async (url: string, method = "GET", headers: Record<string, string> = {}, body?: Body) => {
    const reply = await request(url, {
      dispatcher: agent,
      method: method as "GET",
      headers: { ...headers, ...typeOf(body) },
      ...(body === undefined ? {} : { body: contentOf(body) }),
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    });
    const bytes = Buffer.from(await reply.body.arrayBuffer());
    return {
      status: reply.statusCode,
      headers: reply.headers,
      bytes,
      text: bytes.toString("utf8"),
      json: parse(bytes),
    };
  };
  /** `id` stands for both names of the workflow's id; what follows `?` is added to the address. */
  const call = (name: CallName, id = "", body?: Body, more: { documentId?: string; query?: string } = {}) => {
    const { method, path } = table.endpoints[name];
    const filled = path.replace(/\{(?:workflowId|signatureId)\}/u, id).replace("{documentId}", more.documentId ?? "");
    const url = `${sandbox.baseUrls.fourthline}${filled}${more.query ?? ""}`;
    return send(url, method, token === "" ? {} : { authorization: `Bearer ${token}` }, body);
  };
  const logIn = async () => {
    const { json } = await call("token", "", {
      json: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret },
    });
    token = json.access_token;
  };
  const expect2xx = (reply: FourthlineReply): FourthlineReply => {
    if (reply.status < 200 || reply.status > 299) throw new Error(`${reply.status} ${reply.text}`);
    return reply;
  };
  const create = async (reference = "customer-4711", flow: "completed" | "pending" = "completed") => {
    const json = { workflowName: workflowNames[flow], providerClientId: reference };
    return expect2xx(await call("createWorkflow", "", { json })).json.workflowId;
  };
  const status = async (id: string) => (await call("status", id)).json.status;
  const upload = (id: string, documents: readonly (readonly [title: string, bytes: Uint8Array])[]) => {
    const form = new FormData();
    const information = { documents: documents.map(([title]) => ({ title, fileName: `${title}.pdf` })) };
    form.append("information", new Blob([JSON.stringify(information)], { type: "application/json" }));
    for (const [title, bytes] of documents) {
      form.append("files", new Blob([new Uint8Array(bytes)], { type: "application/pdf" }), `${title}.pdf`);
    }
    return call("uploadDocuments", id, { form });
  };
  const uploadSelfie = (id: string, image: Uint8Array = selfie) => {
    const form = new FormData();
    form.append("selfie", new Blob([new Uint8Array(image)], { type: "image/jpeg" }), "selfie.jpg");
    return call("uploadSelfie", id, { form });
  };
  const uploadMobile = (id: string, number: unknown = mobile) =>
    call("uploadMobile", id, { json: { mobilePhoneNumber: number } });
  /** As far as the person's consent. */
  const ready = async (reference?: string, flow?: "completed" | "pending") => {
    const id = await create(reference, flow);
    expect2xx(await upload(id, [["Contract", contract]]));
    expect2xx(await uploadMobile(id));
    return id;
  };
  const approve = async (id: string, change: object = {}) => {
    const { documents, legalConditions } = (await call("details", id)).json;
    const json = {
      documents: documents.map(({ documentId }) => documentId),
      legalConditions: legalConditions.map((condition) => condition.id),
      ...change,
    };
    return call("approve", id, { json });
  };
  const passcode = () => fourthline.messages()[0]?.passcode ?? "";
  const confirm = (id: string, code: unknown = passcode()) => call("confirm", id, { json: { passcode: code } });

  return {
    sandbox,
    fourthline,
    time,
    send,
    call,
    logIn,
    useToken: (other: string) => {
      token = other;
    },
    create,
    status,
    upload,
    uploadMobile,
    uploadSelfie,
    ready,
    approve,
    passcode,
    confirm,
    /** As far as it goes without anything else being asked; the documents' ids are in their order. */
    signed: async (reference?: string, flow?: "completed" | "pending") => {
      const id = await ready(reference, flow);
      const documents = (await call("details", id)).json.documents.map(({ documentId }) => documentId);
      expect2xx(await approve(id));
      await status(id);
      expect2xx(await confirm(id));
      return { id, documents };
    },
    document: (id: string, documentId = "") => call("signedDocument", id, undefined, { documentId }),
    async close() {
      await agent.destroy();
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}

function typeOf(body: Body | undefined): Record<string, string> {
  if (body === undefined || "form" in body) return {};
  return { "content-type": "json" in body ? "application/json" : body.type };
}

function contentOf(body: Body): string | Buffer | FormData {
  return "json" in body ? JSON.stringify(body.json) : "form" in body ? body.form : body.body;
}

function parse(bytes: Buffer): FourthlineJson {
  try {
    return JSON.parse(bytes.toString("utf8")) as FourthlineJson;
  } catch {
    return {} as FourthlineJson;
  }
}
