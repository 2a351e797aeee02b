import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";

export interface BankIdReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The parsed body; which of its fields are there is what the tests find out. */
  readonly json: BankIdJson;
}

export interface BankIdJson {
  readonly message: string;
  readonly errorCode: string;
  readonly status: string;
  readonly hintCode: string;
  readonly transactionID: string;
  readonly orderRef: string;
  readonly autostarttoken: string;
  readonly autoStartToken: string;
  readonly qrStartToken: string;
  readonly qrStartSecret: string;
  readonly signature: string;
  readonly ocspResponse: string;
  readonly completionData: {
    readonly signature: string;
    readonly ocspResponse: string;
    readonly risk: string;
    readonly user: Readonly<Record<string, string>>;
  };
}

interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const encode = (text: string): string => Buffer.from(text, "utf8").toString("base64");

/** A sandbox in a folder of its own, and programs that talk to its PhenixID and its BankID. The clock stands still. */
export async function bankidFixture() {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-sandbox-"));
  const start = Date.now();
  const sandbox = await startSandbox({ folder, clock: () => start });
  const stranger = new Agent({ connect: { ca: sandbox.tlsCaPem } });
  const partner = new Agent({
    connect: { ca: sandbox.tlsCaPem, cert: sandbox.clientCertificatePem, key: sandbox.clientKeyPem },
  });
  const { bankid, bankidMutual, bankidRp } = sandbox.baseUrls;
  const { password, tenant, user } = sandbox.bankidProfile;

  const send = async (agent: Agent, url: string, init: Init = {}): Promise<BankIdReply> => {
    const reply = await request(url, {
      dispatcher: agent,
      method: (init.method ?? "GET") as "GET",
      headers: init.headers ?? {},
      ...(init.body === undefined ? {} : { body: init.body }),
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    });
    const text = await reply.body.text();
    return { status: reply.statusCode, headers: reply.headers, text, json: parse(text) };
  };
  const basic = { authorization: `Basic ${encode(`${user}:${password}`)}` };
  const headers = { "content-type": "application/json", tenant };
  const write = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

  return {
    folder,
    sandbox,
    control: sandbox.control.bankid,
    advance: (milliseconds: number) => sandbox.control.advanceClock(milliseconds),
    /** A call of PhenixID's; `change` replaces headers or the method. */
    phenixId: (call: string, body: unknown, change: Init = {}) =>
      send(stranger, `${bankid}/api/sign/${call}`, {
        method: "PUT",
        body: write(body),
        ...change,
        headers: change.headers ?? { ...headers, ...basic },
      }),
    phenixIdWithCertificate: (call: string, body: unknown, agent = partner) =>
      send(agent, `${bankidMutual}/api/sign/${call}`, { method: "PUT", headers, body: write(body) }),
    rp: (call: string, body: unknown, change: Init = {}) =>
      send(partner, `${bankidRp}/${call}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        ...(change.method === "GET" ? {} : { body: write(body) }),
        ...change,
      }),
    headers,
    basic,
    stranger,
    browse: (url: string, init: Init = {}) => send(stranger, url, init),
    async close() {
      await stranger.destroy();
      await partner.destroy();
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}
export type BankIdFixture = Awaited<ReturnType<typeof bankidFixture>>;

function parse(text: string): BankIdJson {
  try {
    return JSON.parse(text) as BankIdJson;
  } catch {
    return {} as BankIdJson;
  }
}
