import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../../electron/pki/algorithms.ts";
import { timestampRequest } from "../../../electron/pki/timestamp.ts";
import { mustRun, runTool } from "./run-tool.ts";
import type { TestPeople } from "./test-people.ts";

const CONFIGURATION = `[tsa]
serial=tsa-serial
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
accuracy=secs:1
ess_cert_id_chain=no
ess_cert_id_alg=sha256
`;

/** An RFC 3161 token over the value by OpenSSL's timestamp authority, with the key in `folder` (see `makePeople`). */
export async function opensslTimestamp(folder: string, value: Uint8Array): Promise<Uint8Array> {
  const run = randomUUID();
  await writeFile(join(folder, "tsa.cnf"), CONFIGURATION.replace("tsa-serial", `${run}.serial`));
  await writeFile(join(folder, `${run}.serial`), "01");
  const request = timestampRequest({
    imprint: sha256(value),
    digestAlgorithm: "SHA-256",
    nonce: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  });
  await writeFile(join(folder, `${run}.tsq`), request);
  await mustRun(
    "openssl",
    `ts -reply -config tsa.cnf -section tsa -queryfile ${run}.tsq -signer tsa.pem -inkey tsa.key -chain issuing.pem -token_out -out ${run}.tst`.split(
      " ",
    ),
    { cwd: folder },
  );
  return new Uint8Array(await readFile(join(folder, `${run}.tst`)));
}

/** `openssl ts -verify` of a token over the value, up to the root. */
export async function verifyTimestamp(people: TestPeople, token: Uint8Array, value: Uint8Array): Promise<string> {
  const { folder, rootPem } = people;
  const run = randomUUID();
  await writeFile(join(folder, `${run}.tst`), token);
  await writeFile(join(folder, `${run}.value`), value);
  const { output } = await runTool(
    "openssl",
    [
      "ts",
      "-verify",
      "-token_in",
      "-in",
      `${run}.tst`,
      "-data",
      `${run}.value`,
      "-CAfile",
      rootPem,
      "-untrusted",
      "issuing.pem",
    ],
    { cwd: folder },
  );
  return output;
}
