import { readFile, writeFile } from "node:fs/promises";
import type { PreparedSignature } from "../../../electron/pades/prepared-signature.ts";
import { runTool } from "./run-tool.ts";

/** What poppler's pdfsig says of one signature. */
export interface PdfsigVerdict {
  readonly valid: boolean;
  readonly totalDocument: boolean;
  readonly subFilter: string;
  readonly signer: string;
}

/** Verdicts by field name. `home` is an empty folder, so that no certificate store of this computer takes part. */
export async function askPdfsig(
  path: string,
  home: string,
  userPassword?: string,
): Promise<ReadonlyMap<string, PdfsigVerdict>> {
  const open = userPassword === undefined ? [] : ["-upw", userPassword];
  const { output } = await runTool("pdfsig", ["-nocert", ...open, path], { env: { HOME: home } });
  const verdicts = new Map<string, PdfsigVerdict>();
  for (const block of output.split(/^Signature #\d+:$/mu).slice(1)) {
    const field = (key: string): string => new RegExp(`- ${key}: (.*)`, "u").exec(block)?.[1]?.trim() ?? "";
    verdicts.set(field("Signature Field Name"), {
      valid: block.includes("Signature Validation: Signature is Valid."),
      totalDocument: block.includes("- Total document signed"),
      subFilter: field("Signature Type"),
      signer: field("Signer Certificate Common Name"),
    });
  }
  return verdicts;
}

/**
 * What mutool says of the signatures of one signer, in order: "unchanged", "edits" (the digest is right, a later update
 * exists: also an allowed one) or the text of its objection.
 */
export async function askMutool(path: string, signer: string, password?: string): Promise<readonly string[]> {
  const open = password === undefined ? [] : ["-p", password];
  const { output } = await runTool("mutool", ["sign", "-v", ...open, path]);
  return output
    .split(/^Verifying signature \d+:$/mu)
    .filter((block) => block.includes(`cn=${signer}`))
    .map((block) => {
      if (block.includes("The document is unchanged since signing.")) {
        return "unchanged";
      }
      return block.includes("The signature is valid but there have been edits since signing.") ? "edits" : block.trim();
    });
}

/** qpdf's exit status (0 good, 3 warnings, 2 errors) and how many warnings it gave. */
export async function askQpdf(
  path: string,
  password = "",
): Promise<{ readonly status: number; readonly warnings: number }> {
  const { status, output } = await runTool("qpdf", [`--password=${password}`, "--check", path]);
  return { status, warnings: output.match(/^WARNING/gmu)?.length ?? 0 };
}

/** `openssl cms -verify` of the CMS in the file over the file's byte range, with the chain up to the given root. */
export async function askOpenssl(
  path: string,
  prepared: Pick<PreparedSignature, "byteRange">,
  rootPem: string,
): Promise<string> {
  const bytes = await readFile(path);
  const [first, firstLength, second, secondLength] = prepared.byteRange;
  const content = Buffer.concat([
    bytes.subarray(first, first + firstLength),
    bytes.subarray(second, second + secondLength),
  ]);
  const digits = bytes.subarray(firstLength + 1, second - 1).toString("latin1");
  await writeFile(`${path}.cms`, withoutPadding(Buffer.from(digits, "hex")));
  await writeFile(`${path}.content`, content);
  const { output } = await runTool("openssl", [
    ..."cms -verify -binary -purpose any -inform DER -out /dev/null".split(" "),
    "-in",
    `${path}.cms`,
    "-content",
    `${path}.content`,
    "-CAfile",
    rootPem,
  ]);
  return output.trim();
}

/** Tag 0x30 with a length of two octets: every CMS of ours is between 256 bytes and 64 KiB. */
function withoutPadding(contents: Buffer): Buffer {
  if (contents.readUInt16BE(0) !== 0x30_82) {
    throw new Error("/Contents does not begin with a SEQUENCE of a two-octet length");
  }
  return contents.subarray(0, 4 + contents.readUInt16BE(2));
}
