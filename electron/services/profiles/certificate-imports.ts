import { basename } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { CertificatePurpose, ChosenAuthority, ImportAnswer } from "../../../shared/profiles.ts";
import { readAll } from "./read-all.ts";
import { readAuthorities, readClientCertificate } from "./read-client-certificate.ts";
import type { ReadIdentity } from "./read-client-certificate.ts";

/** More than anybody means to choose at once. */
const MAXIMUM_FILES = 10;
/** What was opened and never saved is forgotten. */
const MAXIMUM_WAITING = 3;

interface WaitingFile {
  readonly purpose: CertificatePurpose;
  readonly name: string;
  readonly contents: readonly Uint8Array[];
}

/**
 * Certificates on their way from a file into the vault. SECURITY: the window gets names and dates and an id; keys wait here,
 * in memory, until the profile is saved, and passwords of files are used once and not kept.
 */
export class CertificateImports {
  readonly #newId: () => string;
  readonly #waiting = new Map<string, WaitingFile>();
  readonly #read = new Map<string, ReadIdentity>();

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** `paths` are those of one choice in the system's dialog. */
  async open(paths: readonly string[], purpose: CertificatePurpose): Promise<Result<ImportAnswer, Failure>> {
    if (paths.length > MAXIMUM_FILES) {
      return failed(tooMany(paths));
    }
    const name = basename(paths[0] ?? "");
    const contents = await readAll(paths);
    return contents === null
      ? failed({ code: "certificate.broken-file", params: { name } })
      : this.take(contents, name, purpose);
  }

  /** The same with what has been read already; `name` is shown. */
  take(contents: readonly Uint8Array[], name: string, purpose: CertificatePurpose): Result<ImportAnswer, Failure> {
    const read = readClientCertificate(contents, null, purpose);
    if (read.ok) {
      return success(this.#imported(read.value));
    }
    if (read.failure.code !== "certificate.wrong-password") {
      return failed({ ...read.failure, params: { name, ...read.failure.params } });
    }
    const file = this.#newId();
    this.#waiting.set(file, { name, contents, purpose });
    forgetOldest(this.#waiting, ({ contents: old }) => old.forEach((part) => part.fill(0)));
    return success({ kind: "password", file, name, problem: null });
  }

  /** With the password that was asked for. A wrong one may be followed by another. */
  unlock(file: string, password: string): Result<ImportAnswer, Failure> {
    const waiting = this.#waiting.get(file);
    if (waiting === undefined) {
      return failed({ code: "certificate.broken-file", params: { name: "" } });
    }
    const { name, contents, purpose } = waiting;
    const read = readClientCertificate(contents, password, purpose);
    if (read.ok) {
      this.#waiting.delete(file);
      contents.forEach((part) => part.fill(0));
      return success(this.#imported(read.value));
    }
    const failure = { ...read.failure, params: { name, ...read.failure.params } };
    return read.failure.code === "certificate.wrong-password"
      ? success({ kind: "password", file, name, problem: failure })
      : failed(failure);
  }

  /** Undefined: it was saved before, or too many others were opened since. */
  get(id: string): ReadIdentity | undefined {
    return this.#read.get(id);
  }

  forget(id: string): void {
    this.#read.delete(id);
  }

  #imported(read: ReadIdentity): ImportAnswer {
    const id = this.#newId();
    this.#read.set(id, read);
    forgetOldest(this.#read, () => undefined);
    return { kind: "imported", certificate: { id, facts: read.facts } };
  }
}

/** Authorities' certificates, which are no secret. */
export async function chooseAuthorities(
  paths: readonly string[],
): Promise<Result<readonly ChosenAuthority[], Failure>> {
  if (paths.length > MAXIMUM_FILES) {
    return failed(tooMany(paths));
  }
  const name = basename(paths[0] ?? "");
  const contents = await readAll(paths);
  const found = contents?.map(readAuthorities) ?? [];
  const authorities = found.flatMap((list) => list ?? []);
  return contents === null || authorities.length === 0 || found.includes(null)
    ? failed({ code: "certificate.not-a-certificate", params: { name } })
    : success(authorities);
}

/** Some of the files alone would not be what was chosen. */
function tooMany(paths: readonly string[]): Failure {
  return { code: "certificate.too-many-files", params: { count: paths.length, most: MAXIMUM_FILES } };
}

function forgetOldest<T>(kept: Map<string, T>, wipe: (value: T) => void): void {
  for (const [id, value] of [...kept].slice(0, -MAXIMUM_WAITING)) {
    wipe(value);
    kept.delete(id);
  }
}
