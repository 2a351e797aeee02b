import { type UnzipFile, Unzip, UnzipInflate, unzipSync } from "fflate";

import { EVIDENCE_FILE_NAMES, READ_ME_FILE } from "../../evidence/bankid/evidence-file-names.ts";
import { MAXIMUM_EVIDENCE_BYTES } from "../../evidence/bankid/evidence-files.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { failure, type Finding } from "../finding.ts";

/** Bytes of a package: evidence that cannot be compressed, and some more for names and dates. */
export const MAXIMUM_PACKAGE_BYTES = MAXIMUM_EVIDENCE_BYTES + 64 * 1024;

const KNOWN: ReadonlySet<string> = new Set([...EVIDENCE_FILE_NAMES, READ_ME_FILE]);

/** SECURITY: so much is unpacked before it is counted: at most a thousandfold. */
const PIECE = 4096;

const refusal = (code: string, message: string): Finding => failure("GENERIC", `package.${code}`, message);

/** What is said of a package of more than `MAXIMUM_PACKAGE_BYTES`. */
export const TOO_LARGE: Finding = refusal("too-large", "The package is larger than evidence ever is.");

class Refused extends Error {
  override readonly name = "Refused";
}

/**
 * The files of a package (.zip), in memory. Only what belongs into one is unpacked, and nothing is written anywhere.
 *
 * SECURITY: a .zip says twice what is in it, before each file and at its end; programs go by the one or the other, so both have
 * to say the same. A file that comes twice, another name, and more than evidence ever is are refused.
 */
export function readPackage(bytes: Uint8Array): Result<ReadonlyMap<string, Uint8Array>, Finding> {
  if (bytes.length > MAXIMUM_PACKAGE_BYTES) {
    return failed(TOO_LARGE);
  }
  try {
    const listed = namesAtEnd(bytes);
    const files = unpack(bytes);
    if (listed.join("/") !== files.map(({ name }) => name).join("/")) {
      throw new Refused("it says two different things about what is in it");
    }
    return success(new Map(files.map(({ name, content }) => [name, content])));
  } catch (error) {
    // fflate throws errors of its own for what is no .zip.
    const why = error instanceof Refused ? error.message : "it is no sound .zip file";
    return failed(refusal("unreadable", `The package cannot be read: ${why}.`));
  }
}

function namesAtEnd(bytes: Uint8Array): readonly string[] {
  const names: string[] = [];
  unzipSync(bytes, {
    filter: ({ name }) => {
      names.push(checked(name, names));
      return false;
    },
  });
  return names;
}

function checked(name: string, earlier: readonly string[]): string {
  if (!KNOWN.has(name)) {
    throw new Refused("it holds a file that belongs into no package of evidence");
  }
  if (earlier.includes(name)) {
    throw new Refused("it holds a file twice");
  }
  return name;
}

interface Unpacked {
  readonly name: string;
  readonly content: Uint8Array;
}

function unpack(bytes: Uint8Array): readonly Unpacked[] {
  const files: { readonly name: string; readonly parts: Uint8Array[] }[] = [];
  let total = 0;
  let unfinished = 0;
  const take = (file: UnzipFile): void => {
    const parts: Uint8Array[] = [];
    files.push({
      name: checked(
        file.name,
        files.map(({ name }) => name),
      ),
      parts,
    });
    unfinished += 1;
    file.ondata = (error, part, isLast) => {
      if (error !== null) {
        throw error;
      }
      total += part.length;
      if (total > MAXIMUM_EVIDENCE_BYTES) {
        throw new Refused("its files are larger than evidence ever is");
      }
      parts.push(part);
      unfinished -= isLast ? 1 : 0;
    };
    file.start();
  };
  const unzip = new Unzip(take);
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += PIECE) {
    unzip.push(bytes.slice(at, at + PIECE), at + PIECE >= bytes.length);
  }
  if (unfinished !== 0) {
    throw new Refused("one of its files has no end");
  }
  return files.map(({ name, parts }) => ({ name, content: new Uint8Array(Buffer.concat(parts)) }));
}
