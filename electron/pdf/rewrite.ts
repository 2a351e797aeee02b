import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { fromLatin1 } from "./characters.ts";
import {
  hex,
  isArray,
  isRef,
  isStream,
  isString,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfStream,
  ref,
} from "./objects.ts";
import type { PdfFile } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { serializeObject } from "./serialize.ts";
import { type WrittenObject, writeXrefTable } from "./xref-writer.ts";

const BUFFER = 1024 * 1024;

/**
 * Writes all objects that the catalog leads to as a clean file with one cross-reference table. Objects get new numbers.
 * For files that were opened by `openRepaired`, before their first signature: a signature does not survive this. An
 * encrypted file stays encrypted as it was, with the same passwords. Fails when the target exists; on any failure nothing
 * is left there. Throws PdfProblem and the file system's errors.
 */
export async function rewriteRepaired(file: PdfFile, targetPath: string): Promise<void> {
  if (file.encryption?.authenticated === null) {
    throw new PdfProblem("encrypted", "An encrypted file can be rewritten only with its password.");
  }
  const handle = await open(targetPath, "wx");
  try {
    await new Rewriter(file, new BufferedWriter(handle)).run();
    await handle.sync();
  } catch (error) {
    await handle.close();
    await rm(targetPath, { force: true });
    throw error;
  }
  await handle.close();
}

class Rewriter {
  private readonly file: PdfFile;
  private readonly output: BufferedWriter;
  /** Old object number to new reference. */
  private readonly numbers = new Map<number, PdfRef>();
  /** Read but not yet written, in the order of the new numbers. */
  private readonly queue: PdfRef[] = [];

  constructor(file: PdfFile, output: BufferedWriter) {
    this.file = file;
    this.output = output;
  }

  async run(): Promise<void> {
    const { file, output } = this;
    // ISO 32000-2 7.5.2: four bytes above 127 tell transfer programs that the file is binary.
    await output.write(fromLatin1(`%PDF-${file.version}\n%\u00e2\u00e3\u00cf\u00d3\n`));
    const trailer = this.trailer();
    const objects: WrittenObject[] = [{ num: 0, gen: 65535, offset: 0 }];
    for (let written = 0; written < this.queue.length; written += 1) {
      const old = this.queue[written];
      if (old !== undefined) {
        objects.push({ num: written + 1, gen: 0, offset: output.position });
        await this.writeObject(written + 1, old);
      }
    }
    const startxref = output.position;
    await output.write(writeXrefTable({ startxref, size: objects.length, trailer, objects }));
    await output.flush();
  }

  private trailer(): ReadonlyMap<string, PdfObject> {
    const { trailer, catalogRef } = this.file;
    const entries = new Map<string, PdfObject>([["Root", this.renumbered(catalogRef)]]);
    const info = trailer.entries.get("Info");
    if (isRef(info)) {
      entries.set("Info", this.renumbered(info));
    }
    const encrypt = trailer.entries.get("Encrypt");
    if (encrypt !== undefined && this.file.encrypted) {
      entries.set("Encrypt", this.renumbered(encrypt));
      // The first part of /ID went into the key, or its absence did.
      const written = trailer.entries.get("ID");
      return written === undefined ? entries : entries.set("ID", written);
    }
    const id = this.file.resolve(trailer.entries.get("ID"));
    const first = isArray(id) ? this.file.resolve(id[0]) : null;
    const hash = createHash("sha256").update(String(this.file.source.size));
    const kept = isString(first) ? first.bytes : hash.copy().update("first").digest().subarray(0, 16);
    entries.set("ID", [hex(kept), hex(hash.update(kept).digest().subarray(0, 16))]);
    return entries;
  }

  /** What cannot be read is null in the new file: this is what readers make of a missing object. */
  private readable(old: PdfRef): PdfObject {
    try {
      return this.file.fetch(old);
    } catch (error) {
      if (error instanceof PdfProblem && error.code !== "limit") {
        return null;
      }
      throw error;
    }
  }

  private async writeObject(num: number, old: PdfRef): Promise<void> {
    const object = this.readable(old);
    await this.output.write(fromLatin1(`${num} 0 obj\n`));
    if (isStream(object) && !this.file.encrypted) {
      await this.writeStream(object);
    } else if (isStream(object)) {
      // Under the key of its new number; as a whole, for it must be decrypted first.
      const bytes = this.file.rawStream(object);
      const plain: PdfStream = { ...object, dict: this.renumberedDict(object.dict), data: { kind: "bytes", bytes } };
      await this.output.write(serializeObject(this.encrypted(plain, num)));
    } else {
      const renumbered = this.renumbered(object);
      await this.output.write(serializeObject(this.isEncrypt(old) ? renumbered : this.encrypted(renumbered, num)));
    }
    await this.output.write(fromLatin1("\nendobj\n"));
  }

  private encrypted(object: PdfObject, num: number): PdfObject {
    return this.file.security?.encryptObject(object, ref(num)) ?? object;
  }

  /** The encryption dictionary is never encrypted itself. */
  private isEncrypt(old: PdfRef): boolean {
    const encrypt = this.file.trailer.entries.get("Encrypt");
    return isRef(encrypt) && encrypt.num === old.num;
  }

  private async writeStream({ dict, data }: PdfStream): Promise<void> {
    const { output, file } = this;
    const length = data.kind === "file" ? data.length : data.bytes.length;
    const entries = new Map([...dict.entries, ["Length", length] as const]);
    await output.write(serializeObject(this.renumberedDict({ ...dict, entries })));
    await output.write(fromLatin1("\nstream\n"));
    if (data.kind === "bytes") {
      await output.write(data.bytes);
    } else {
      for (let done = 0; done < length; done += BUFFER) {
        await output.write(file.source.read(data.offset + done, Math.min(BUFFER, length - done)));
      }
    }
    await output.write(fromLatin1("\nendstream"));
  }

  private renumbered(object: PdfObject): PdfObject {
    if (isRef(object)) {
      return this.newNumber(object);
    }
    if (isArray(object)) {
      return object.map((item) => this.renumbered(item));
    }
    return typeof object === "object" && object !== null && object.kind === "dict"
      ? this.renumberedDict(object)
      : object;
  }

  private renumberedDict(dict: PdfDict): PdfDict {
    const entries = new Map<string, PdfObject>();
    for (const [key, value] of dict.entries) {
      entries.set(key, this.renumbered(value));
    }
    return { ...dict, entries };
  }

  /** Null for a reference to nothing, so that the new file has none of those. */
  private newNumber(old: PdfRef): PdfRef | null {
    const entry = this.file.entry(old.num);
    const gen = entry?.kind === "offset" ? entry.gen : 0;
    if (entry === undefined || entry.kind === "free" || gen !== old.gen) {
      return null;
    }
    let reference = this.numbers.get(old.num);
    if (reference === undefined) {
      this.queue.push(old);
      reference = ref(this.queue.length);
      this.numbers.set(old.num, reference);
    }
    return reference;
  }
}

/** Gathers small pieces; `position` counts what was written, buffered or not. */
class BufferedWriter {
  position = 0;
  private readonly handle: FileHandle;
  private pieces: Uint8Array[] = [];
  private held = 0;

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.pieces.push(bytes);
    this.held += bytes.length;
    this.position += bytes.length;
    if (this.held >= BUFFER) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    await this.handle.appendFile(Buffer.concat(this.pieces));
    this.pieces = [];
    this.held = 0;
  }
}
