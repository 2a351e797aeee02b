import { z } from "zod";

import { canonicalJson } from "../canonical-json.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

const documentSchema = z.strictObject({
  /** The file's name, without a folder. */
  name: z.string().min(1).max(1000),
  /** Null: unknown. */
  pages: z.number().int().min(1).nullable(),
  /** Lower-case hexadecimal, of the whole file as it was before. */
  sha256,
  /** In bytes. */
  size: z.number().int().min(0),
});

const schema = z.strictObject({
  documents: z.array(documentSchema).min(1).max(1000),
  /** Random: makes every order's data its own. */
  order: z.string().regex(/^[0-9a-f-]{8,64}$/u),
  /** What the signature is for. */
  purpose: z.literal("sign-documents"),
  /** When the order was prepared; ISO 8601 in UTC. The proven time is another one. */
  time: z.iso.datetime(),
  v: z.literal(1),
});

/**
 * What is signed with BankID besides the text (`userNonVisibleData`): which files, to the byte. This, and not the shortened
 * text that people read, ties the signature to documents.
 */
export type BankIdManifest = z.output<typeof schema>;
export type ManifestDocument = z.output<typeof documentSchema>;

/** The manifest as it is signed (RFC 8785). Throws for a manifest that is none: a bug. */
export function writeManifest(manifest: BankIdManifest): string {
  return canonicalJson(schema.parse(manifest));
}

/**
 * Reads signed hidden data. Undefined when they are no manifest of ours.
 *
 * SECURITY: only the canonical spelling counts, so that nobody can hide a second value for a name, or have one text read
 * in two ways.
 */
export function readManifest(hiddenData: Uint8Array | string): BankIdManifest | undefined {
  try {
    const text =
      typeof hiddenData === "string"
        ? hiddenData
        : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(hiddenData);
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The entry for a file; undefined: the signature does not speak of it. Names do not matter, bytes do. */
export function entryFor(
  manifest: BankIdManifest,
  file: { readonly sha256: string; readonly size: number },
): ManifestDocument | undefined {
  return manifest.documents.find((entry) => entry.sha256 === file.sha256 && entry.size === file.size);
}
