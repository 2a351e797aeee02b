import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import { simplePdf } from "../../../sandbox/documents/simple-pdf.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";

export interface IdnowReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The parsed body; which of its fields are there is what the tests find out. */
  readonly json: IdnowJson;
}

export interface IdnowJson {
  readonly OrderID: string;
  readonly TargetURL: string;
  readonly Error: string;
  readonly SignedDataAccepted: boolean;
  readonly Status: readonly { readonly Kind: number; readonly SubKind?: number; readonly Time: string }[];
  readonly PDFs: readonly { readonly Base64Data: string }[];
  readonly Hashes: readonly Readonly<Record<string, string>>[];
  readonly IdentData: unknown;
  readonly Images: readonly { readonly Image: string; readonly Filename: string }[];
  readonly Voicefiles: readonly { readonly Filename: string; readonly Base64Data: string }[];
  readonly password: string;
}

/** A sandbox in a folder of its own, and a customer's program that talks to its IDnow. */
export async function idnowFixture() {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-sandbox-"));
  const time = { ahead: 0 };
  const sandbox = await startSandbox({ folder, clock: () => Date.now() + time.ahead });
  const agent = new Agent({ connect: { ca: sandbox.tlsCaPem } });
  const { user, password } = sandbox.idnowProfile;

  const send = async (
    url: string,
    { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<IdnowReply> => {
    const reply = await request(url, {
      dispatcher: agent,
      method: method as "GET",
      headers,
      ...(body === undefined ? {} : { body }),
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    });
    const bytes = Buffer.from(await reply.body.arrayBuffer());
    const text = bytes.toString("utf8");
    return { status: reply.statusCode, headers: reply.headers, bytes, text, json: parse(text) };
  };
  const call = (method: string, path: string, body?: unknown, secret = password) =>
    send(`${sandbox.baseUrls.idnow}/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  const put = async (change: object = {}): Promise<string> => {
    const { status, json, text } = await call("PUT", "putOrder", { ...eSignOrder, ...change });
    if (status !== 202) throw new Error(text);
    return json.OrderID;
  };

  return {
    sandbox,
    idnow: sandbox.control.idnow,
    send,
    call,
    put,
    kinds: async (id: string) =>
      (await call("GET", `getStatus/${id}/ExtendedList/IncludeSubKind`)).json.Status.map(({ Kind }) => Kind),
    async close() {
      await agent.destroy();
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}

export const contract = simplePdf("Contract", ["Between us", "SIGN-HERE"]);

export const eSignOrder = {
  Ref: "Sealdesk-1",
  Product: 15,
  Add: 0,
  getTargetLink: true,
  Email: "e.mustermann@example.com ",
  Mobile: "+491711234567",
  Address: { Firstname: "Erika", Surname: "Mustermann", Country: "DE" },
  eSignPDF: { Data: Buffer.from(contract).toString("base64"), Filename: "contract.pdf" },
};

/** An order that identifies and signs nothing. */
export const identOrder = { Product: 12, eSignPDF: null };

function parse(text: string): IdnowJson {
  try {
    return JSON.parse(text) as IdnowJson;
  } catch {
    return {} as IdnowJson;
  }
}
