import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createHttpClient } from "../../../electron/net/http-client.ts";

const ASK = join(import.meta.dirname, "ask-once.ts");
const canLeaveNetwork =
  process.platform === "linux" && spawnSync("unshare", ["-n", "true"], { timeout: 5_000 }).status === 0;

let folder = "";
let server: { readonly cert: string; readonly key: string };
const ca = (): string => join(folder, "ca.pem");

/** A company's authority and a server under it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-surroundings-"));
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl("req", "-x509", ...ec, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Company CA", "-days", "2");
  writeFileSync(join(folder, "san.ext"), "subjectAltName=DNS:localhost\n");
  openssl("req", ...ec, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost");
  const sign = ["x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
  openssl(...sign, "-out", "server.pem", "-days", "2", "-extfile", "san.ext");
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  server = { cert: read("server.pem"), key: read("server.key") };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function serve(options: ServerOptions = {}): Promise<number> {
  const https = createServer({ ...server, ...options }, (_request, answer) => answer.end("here"));
  await new Promise<void>((resolve) => https.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void https.close(() => resolve())));
  return (https.address() as AddressInfo).port;
}

/** What another process with these variables gets for an answer. */
async function asked(url: string, env: NodeJS.ProcessEnv, before: readonly string[] = []): Promise<string> {
  const command = [...before, process.execPath, ASK, url];
  const options = { env: { ...process.env, ...env, NODE_OPTIONS: "" }, timeout: 30_000 };
  return (await promisify(execFile)(command[0]!, command.slice(1), options)).stdout;
}

describe("the system's own authorities", () => {
  // On Linux the system's store is where OpenSSL looks for it, which these variables say.
  test.skipIf(process.platform !== "linux")(
    "are trusted, so that a company's own one need not be named again",
    async () => {
      const url = `https://localhost:${await serve()}/`;
      expect(await asked(url, { SSL_CERT_FILE: ca() })).toBe("200");
      expect(JSON.parse(await asked(url, { SSL_CERT_FILE: "/nonexistent" }))).toMatchObject({ code: "provider.tls" });
    },
  );
});

describe("TLS", () => {
  /** OpenSSL itself speaks nothing older at its usual level of security. */
  const ciphers = "DEFAULT@SECLEVEL=0";
  const client = () => {
    const made = createHttpClient({ onlyCaPem: [readFileSync(ca(), "utf8")] });
    onTestFinished(() => made.close());
    return made;
  };

  test("older than 1.2 is not spoken, though the server knows nothing else", async () => {
    const port = await serve({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers });
    const old = await new Promise<string | null>((resolve, reject) => {
      const socket = connect(
        { port, host: "127.0.0.1", servername: "localhost", ca: readFileSync(ca()), minVersion: "TLSv1.1", ciphers },
        () => {
          resolve(socket.getProtocol());
          socket.destroy();
        },
      );
      socket.on("error", reject);
    });
    // The server is there, and would speak it.
    expect(old).toBe("TLSv1.1");
    const outcome = await client().request({ method: "GET", url: `https://localhost:${port}/` });
    expect(outcome).toMatchObject({ ok: false, failure: { code: "provider.tls" } });
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)("%s is spoken", async (version) => {
    const port = await serve({ minVersion: version, maxVersion: version });
    const outcome = await client().request({ method: "GET", url: `https://localhost:${port}/` });
    expect(outcome).toMatchObject({ ok: true, value: { status: 200 } });
  });
});

describe("a computer without a network", () => {
  test.skipIf(!canLeaveNetwork)("is told as that, and not as a service that does not answer", async () => {
    for (const url of ["https://b2b.example/", "https://192.0.2.1/"]) {
      const failure = JSON.parse(await asked(url, {}, ["unshare", "-n"])) as { readonly code: string };
      expect([url, failure.code]).toEqual([url, "network.offline"]);
    }
  });
});
