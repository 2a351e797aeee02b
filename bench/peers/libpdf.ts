// @libpdf/core, as its documentation shows it:  libpdf.ts KEY CERTIFICATE SOURCE TARGET
import type { webcrypto } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { peerLibrary } from "./peer-library.ts";

interface LibPdf {
  readonly PDF: {
    load(bytes: Uint8Array): Promise<{
      sign(options: { signer: unknown; level: "B-B" }): Promise<{ readonly bytes: Uint8Array }>;
    }>;
  };
  readonly CryptoKeySigner: new (
    key: webcrypto.CryptoKey,
    certificate: Uint8Array,
    kind: "RSA",
    algorithm: string,
  ) => unknown;
}

const [key = "", certificate = "", source = "", target = ""] = process.argv.slice(2);
const { PDF, CryptoKeySigner } = peerLibrary("@libpdf/core") as LibPdf;
const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const imported = await crypto.subtle.importKey("pkcs8", await readFile(key), algorithm, false, ["sign"]);
const signer = new CryptoKeySigner(imported, await readFile(certificate), "RSA", "RSASSA-PKCS1-v1_5");
const document = await PDF.load(await readFile(source));
const { bytes } = await document.sign({ signer, level: "B-B" });
await writeFile(target, bytes);
