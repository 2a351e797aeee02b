import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { Agent, request } from "undici";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import type { SandboxOptions } from "../../../sandbox/start-sandbox.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The parsed body. Which of its fields are there is what the tests find out. */
  readonly json: ReplyJson;
}

/** All fields of all answers of the API. */
export interface ReplyJson {
  readonly status: string;
  readonly statusReason: string;
  readonly asyncRespID: string;
  readonly identificationUrl: string;
  readonly userCode: string;
  readonly certificate: string;
  readonly fullCertificateChain: string;
  readonly respID: string;
  readonly result: { readonly maj: string; readonly min: string; readonly msg: unknown };
  readonly optOutp: { readonly itsme: { readonly signingUrl: string; readonly userCode: string } };
  readonly sigObj: readonly [SignatureObject, ...SignatureObject[]];
  readonly sign_languages_supported: readonly string[];
  readonly commitment_types_supported: readonly unknown[];
  readonly sign_policy_templates_supported: readonly { readonly ref: string }[];
}

interface SignatureObject {
  readonly b64Sig: { readonly value: string };
  readonly whichDoc: string;
}

/** A sandbox in a folder of its own, and clients for it as a partner and as a browser would have them. */
export async function sandboxFixture(options: Partial<SandboxOptions> = {}) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "sealdesk-sandbox-")));
  const sandbox = await startSandbox({ ...options, folder });
  const partner = new Agent({
    connect: { ca: sandbox.tlsCaPem, cert: sandbox.clientCertificatePem, key: sandbox.clientKeyPem },
  });
  const stranger = new Agent({ connect: { ca: sandbox.tlsCaPem } });
  const { partnerCode, serviceCode, redirectUrl } = sandbox.itsmeProfile;
  const codes = { partnerCode, serviceCode };

  const api = (path: string, body?: unknown, agent: Agent = partner) =>
    send(agent, `${sandbox.baseUrls.itsme}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });

  return {
    folder,
    sandbox,
    codes,
    stranger,
    api,
    /** A request without the client certificate, as the person's browser makes it. Redirects are not followed. */
    browse: (url: string, init: Init = {}) => send(stranger, url, init),
    identify: (change: object = {}) => api("/user_identification", { ...codes, redirectUrl, lang: "EN", ...change }),
    identificationStatus: (asyncRespID: unknown) => api("/user_identification/status", { ...codes, asyncRespID }),
    sign: (userCode: string, digests: readonly Buffer[], change: object = {}) =>
      api("/sign_document", {
        inDocs: {
          docHash: digests.map((digest, index) => ({
            id: `doc-${index}`,
            di: [{ alg: "http://www.w3.org/2001/04/xmlenc#sha256", value: digest.toString("base64") }],
          })),
        },
        reqID: "request-1",
        asyncRespID: null,
        optInp: {
          lang: "EN",
          itsme: {
            signer: { userCode },
            ...codes,
            redirectUrl,
            signPolicy: { signPolicyRef: "1.3.6.1.4.1.49274.1.1.7.2.0" },
            ...change,
          },
        },
      }),
    signStatus: (asyncRespID: unknown) =>
      api("/sign_document", { inDocs: null, reqID: "request-2", asyncRespID, optInp: { itsme: codes } }),
    async close() {
      await partner.destroy();
      await stranger.destroy();
      await sandbox.close();
      if (options.folder === undefined) await rm(folder, { recursive: true });
    },
  };
}

interface Init {
  readonly method?: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export async function send(agent: Agent, url: string, init: Init = {}): Promise<Reply> {
  const reply = await request(url, { dispatcher: agent, ...init });
  const text = await reply.body.text();
  return { status: reply.statusCode, headers: reply.headers, text, json: parseJson(text) };
}

function parseJson(text: string): ReplyJson {
  try {
    return JSON.parse(text) as ReplyJson;
  } catch {
    return {} as ReplyJson;
  }
}

/** Runs openssl, the second opinion on everything cryptographic here. Not blocking: it may ask our own servers. */
export async function openssl(args: readonly string[], input?: string | Buffer) {
  const child = spawn("openssl", args, { timeout: 20_000 });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, status] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve)),
  ]);
  return { status, stdout, output: `${stdout.toString()}${stderr.toString()}` };
}
