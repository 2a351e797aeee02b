import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import {
  dict,
  hex,
  isArray,
  isDict,
  isStream,
  isString,
  literal,
  name,
  type PdfObject,
  ref,
  stream,
} from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { openRepaired } from "../../../electron/pdf/repair.ts";
import { simplePdf } from "./build-pdf.ts";
import { hasTool } from "./corpus-files.ts";
import { encryptWithQpdf, KINDS } from "./encryption/encrypted-files.ts";

const open = (bytes: Uint8Array): PdfFile => openPdf(memorySource(bytes));

const bytes = fc.uint8Array({ maxLength: 60 });
/** ISO 32000-2 7.3.5: any byte but 0. */
const nameText = fc
  .array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes));
const scalar: fc.Arbitrary<PdfObject> = fc.oneof(
  fc.constantFrom(null, true, false),
  fc.integer(),
  fc.integer({ min: -999_999, max: 999_999 }).map((value) => {
    const text = (value / 1000).toFixed(3);
    return { kind: "real", value: Number(text), text } as const;
  }),
  nameText.map((text) => name(text)),
  bytes.map((value) => literal(value)),
  bytes.map((value) => hex(value)),
  fc.integer({ min: 1, max: 40 }).map((num) => ref(num)),
);
const { tree } = fc.letrec<{ tree: PdfObject }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("tree"), { maxLength: 6 }),
    fc.array(fc.tuple(nameText, tie("tree")), { maxLength: 6 }).map((entries) => dict(new Map(entries))),
  ),
}));
const anyObject: fc.Arbitrary<PdfObject> = fc.oneof(
  tree,
  fc.tuple(fc.dictionary(fc.constantFrom("A", "B b", "C#"), tree), fc.uint8Array({ maxLength: 400 })).map(
    // A prototype with nothing in it, as fast-check makes them, is no concern of the writer.
    ([entries, data]) => stream({ ...entries }, data),
  ),
);
/** Objects 20 to 29, some of them, with what each says. */
const revision = fc.dictionary(fc.integer({ min: 20, max: 29 }).map(String), anyObject, { minKeys: 1, maxKeys: 6 });
const revisions = fc.array(revision, { minLength: 1, maxLength: 4 });

/** A plain value that says everything an object says, whoever holds its bytes. How a string was written is no part of it. */
function meaning(file: PdfFile, object: PdfObject): unknown {
  if (isString(object)) {
    return { string: Buffer.from(object.bytes).toString("hex") };
  }
  if (isArray(object)) {
    return object.map((item) => meaning(file, item));
  }
  if (isDict(object)) {
    return { dict: [...object.entries].map(([key, value]) => [key, meaning(file, value)]) };
  }
  if (isStream(object)) {
    const entries = [...object.dict.entries].filter(([key]) => key !== "Length");
    return { stream: Buffer.from(file.rawStream(object)).toString("hex"), dict: meaning(file, dict(new Map(entries))) };
  }
  return object;
}

/** Appends the revisions one after the other; then every state must read as it was written. */
function check(base: Uint8Array, plan: readonly Readonly<Record<string, PdfObject>>[]): void {
  let whole = base;
  const expected: Map<string, unknown>[] = [];
  let state = new Map<string, unknown>();
  for (const changes of plan) {
    const file = open(whole);
    const update = new IncrementalUpdate(file);
    state = new Map(state);
    for (const [num, object] of Object.entries(changes)) {
      update.set(ref(Number(num)), object);
      state.set(num, meaning(file, object));
    }
    const rendered = update.render();
    whole = Buffer.concat([whole, rendered.bytes]);
    expected.push(state);
  }
  const file = open(whole);
  const first = file.revisions.length - plan.length;
  for (const [index, objects] of expected.entries()) {
    const then = file.atRevision(first + index);
    for (const [num, object] of objects) {
      expect(meaning(then, then.fetch(ref(Number(num))))).toEqual(object);
    }
    expect(then.pageCount()).toBe(1);
  }
  expect(Buffer.compare(whole.subarray(0, base.length), base)).toBe(0);
}

// Generous: the machine may be busy with other suites.
describe("any objects, in any revisions, are read as they were written", { timeout: 60_000 }, () => {
  test.each(["table", "stream"] as const)("in a file with a cross-reference %s", (style) => {
    const property = fc.property(revisions, (plan) => check(simplePdf(1, { style }), plan));
    expect(() => fc.assert(property, { numRuns: 60 })).not.toThrow();
  });

  test("also when the cross-reference is lost afterwards", () => {
    fc.assert(
      fc.property(revision, (changes) => {
        const base = simplePdf(1);
        const update = new IncrementalUpdate(open(base));
        for (const [num, object] of Object.entries(changes)) {
          update.set(ref(Number(num)), object);
        }
        const whole = Buffer.concat([base, update.render().bytes]);
        const repaired = openRepaired(memorySource(whole));
        const file = open(whole);
        for (const num of Object.keys(changes)) {
          const reference = ref(Number(num));
          expect(meaning(repaired, repaired.fetch(reference))).toEqual(meaning(file, file.fetch(reference)));
        }
      }),
      { numRuns: 60 },
    );
  });

  describe.skipIf(!hasTool("qpdf"))("in an encrypted file (skipped without qpdf)", () => {
    let folder = "";
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "sealdesk-graphs-"));
      writeFileSync(join(folder, "plain.pdf"), simplePdf(1));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.each(KINDS)("with $title", (kind) => {
      const target = join(folder, "encrypted.pdf");
      encryptWithQpdf(join(folder, "plain.pdf"), target, kind, { user: "", owner: "owner" });
      const base = readFileSync(target);
      const property = fc.property(revisions, (plan) => check(base, plan));
      expect(() => fc.assert(property, { numRuns: 12 })).not.toThrow();
    });
  });
});
