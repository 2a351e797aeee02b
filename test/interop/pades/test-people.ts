import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodePem } from "../../../electron/pki/pem.ts";
import { mustRun } from "./run-tool.ts";

export interface TestPerson {
  readonly name: string;
  /** OpenSSL's signature over a SHA-256 digest. */
  readonly sign: (digest: Uint8Array) => Promise<Uint8Array>;
  /** DER: leaf, issuing CA, root. */
  readonly chain: readonly Uint8Array[];
}

export interface TestPeople {
  readonly folder: string;
  readonly rootPem: string;
  /** RSA 2048, PKCS#1 v1.5. */
  readonly first: TestPerson;
  /** ECDSA P-256. */
  readonly second: TestPerson;
  /** A key that is reserved for RSASSA-PSS. */
  readonly third: TestPerson;
}

const EXTENSIONS = `[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[person]
basicConstraints=critical,CA:FALSE
keyUsage=critical,nonRepudiation
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[tsa]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
`;

/** A root, an issuing CA, three people and a timestamp authority, made by OpenSSL: no code of ours is in them. */
export async function makePeople(folder: string): Promise<TestPeople> {
  await writeFile(join(folder, "ext.cnf"), EXTENSIONS);
  await makeKey(folder, "root", ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
  await mustRun(
    "openssl",
    `req -x509 -new -key root.key -subj /C=BE/O=Sealdesk-Test/CN=Test-Root -days 30 -out root.pem`.split(" "),
    { cwd: folder },
  );
  const rsa = ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
  await makeCertificate(folder, "issuing", "/C=BE/O=Sealdesk-Test/CN=Test-Issuing-CA", rsa, "root", "ca");
  await Promise.all([
    makeCertificate(
      folder,
      "first",
      "/C=BE/serialNumber=89112433518/SN=Test/GN=Stephane/CN=Test Stephane",
      rsa,
      "issuing",
      "person",
    ),
    makeCertificate(
      folder,
      "second",
      "/C=SE/serialNumber=198507099805/CN=Anna Larsson",
      ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
      "issuing",
      "person",
    ),
    makeCertificate(
      folder,
      "third",
      "/C=DE/CN=Jürgen Müller",
      ["RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"],
      "issuing",
      "person",
    ),
    makeCertificate(folder, "tsa", "/C=BE/O=Sealdesk-Test/CN=Test-TSA", rsa, "issuing", "tsa"),
  ]);
  return {
    folder,
    rootPem: join(folder, "root.pem"),
    first: await person(folder, "first", "Test Stephane", ["digest:sha256", "rsa_padding_mode:pkcs1"]),
    second: await person(folder, "second", "Anna Larsson", []),
    third: await person(folder, "third", "Jürgen Müller", [
      "digest:sha256",
      "rsa_padding_mode:pss",
      "rsa_pss_saltlen:32",
    ]),
  };
}

async function makeKey(folder: string, name: string, algorithm: readonly string[]): Promise<void> {
  await mustRun("openssl", ["genpkey", "-algorithm", ...algorithm, "-out", `${name}.key`], { cwd: folder });
}

async function makeCertificate(
  folder: string,
  name: string,
  subject: string,
  algorithm: readonly string[],
  issuer: string,
  profile: string,
): Promise<void> {
  await makeKey(folder, name, algorithm);
  const request = ["req", "-new", "-utf8", "-key", `${name}.key`, "-subj", subject, "-out", `${name}.csr`];
  await mustRun("openssl", request, { cwd: folder });
  await mustRun(
    "openssl",
    `x509 -req -in ${name}.csr -CA ${issuer}.pem -CAkey ${issuer}.key -CAcreateserial -CAserial ${name}.srl -days 30 -sha256 -extfile ext.cnf -extensions ${profile} -out ${name}.pem`.split(
      " ",
    ),
    { cwd: folder },
  );
}

async function person(folder: string, file: string, name: string, keyOptions: readonly string[]): Promise<TestPerson> {
  const certificate = async (of: string): Promise<Uint8Array> => {
    const [der] = decodePem(await readFile(join(folder, `${of}.pem`), "utf8"), "CERTIFICATE");
    return der!;
  };
  const chain = [await certificate(file), await certificate("issuing"), await certificate("root")];
  const options = keyOptions.flatMap((option) => ["-pkeyopt", option]);
  const sign = async (digest: Uint8Array): Promise<Uint8Array> => {
    const hash = join(folder, `${randomUUID()}.hash`);
    await writeFile(hash, digest);
    await mustRun(
      "openssl",
      ["pkeyutl", "-sign", "-inkey", `${file}.key`, ...options, "-in", hash, "-out", `${hash}.sig`],
      {
        cwd: folder,
      },
    );
    return new Uint8Array(await readFile(`${hash}.sig`));
  };
  return { name, sign, chain };
}
