import { readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { literal, ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { Placement } from "../../../shared/placement.ts";
import { simplePdf } from "../pdf/build-pdf.ts";
import { hasTool } from "../pdf/corpus-files.ts";
import { encryptWithQpdf, KINDS } from "../pdf/encryption/encrypted-files.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { sign, workspace } from "./prepare.ts";

const coordinate = fc.integer({ min: 0, max: 150 });
const placement: fc.Arbitrary<Placement> = fc.oneof(
  fc.constant({ kind: "invisible" } as const),
  fc
    .record({ page: fc.integer({ min: 1, max: 3 }), x: coordinate, y: fc.integer({ min: 0, max: 80 }) })
    .map(({ page, x, y }) => ({ kind: "rectangle", page, rectangle: { x, y, width: 40, height: 15 } }) as const),
);
const reason = fc.option(fc.string({ unit: "grapheme", maxLength: 30 }), { nil: null });
const signings = fc.array(fc.record({ placement, reason }), { minLength: 1, maxLength: 4 });
const earlier = fc.integer({ min: 0, max: 3 });
const kinds = [null, ...(hasTool("qpdf") ? KINDS.map(({ title }) => title) : [])];

/** Revisions of others before the first signature. */
function withRevisions(base: Uint8Array, count: number): Uint8Array {
  let bytes = base;
  for (let number = 0; number < count; number += 1) {
    const update = new IncrementalUpdate(openPdf(memorySource(bytes)));
    update.set(ref(30), literal(Buffer.from(`state ${number}`)));
    bytes = Buffer.concat([bytes, update.render().bytes]);
  }
  return bytes;
}

describe("whatever is signed, in whatever order", () => {
  test.each(kinds)("every earlier signature stays intact (encryption: %s)", { timeout: 60_000 }, async (title) => {
    const signer = await makeLocalSigner();
    const style = fc.constantFrom("table", "stream");
    const property = fc.asyncProperty(style, earlier, signings, async (xref, count, plan) => {
      const where = await workspace(simplePdf(3, { style: xref }));
      const kind = KINDS.find((candidate) => candidate.title === title);
      const current = join(dirname(where.source), "current.pdf");
      if (kind === undefined) {
        await rename(where.source, current);
      } else {
        const streams = `--object-streams=${xref === "stream" ? "generate" : "disable"}`;
        encryptWithQpdf(where.source, current, kind, { user: "", owner: "owner" }, [streams]);
      }
      const before = withRevisions(await readFile(current), count);
      const next = await workspace(before);
      for (const options of plan) {
        await sign(next, signer, options);
        await rename(next.staged, next.source);
      }
      const report = await verifyFile(next.source, { trustAnchors: [] });
      expect(report.signatures).toHaveLength(plan.length);
      expect(report.signatures.map(({ intact }) => intact)).toEqual(plan.map(() => true));
      expect(report.signatures.map(({ changesAfter }) => changesAfter)).toEqual(
        plan.map((_, index) => (index === plan.length - 1 ? "none" : "allowed")),
      );
      const after = await readFile(next.source);
      expect(Buffer.compare(after.subarray(0, before.length), before)).toBe(0);
    });
    await fc.assert(property, { numRuns: title === null ? 20 : 4 });
  });
});
