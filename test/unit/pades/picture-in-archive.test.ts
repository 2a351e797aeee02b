import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { archiveDocument } from "../../interop/judges/archive-document.ts";
import { MARKS } from "../../interop/judges/marks.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { sign, workspace } from "./prepare.ts";

const signed = async (document: Uint8Array): Promise<string> => {
  const where = await workspace(document);
  const { placement, overrides } = MARKS["picture with alpha"];
  await sign(where, await makeLocalSigner(), { placement, ...overrides });
  return readFile(where.staged, "latin1");
};

// ISO 19005-2 6.2.10, found by veraPDF: transparency needs a colour space to mix in, from the page or an output intent.
test.each(["2b", "3a", "4"] as const)(
  "a see-through picture lies on white in a %s that has no output intent",
  async (claim) => {
    expect(await signed(archiveDocument(claim))).not.toContain("/SMask");
  },
);

test("a picture stays see-through where the file claims no PDF/A", async () => {
  expect(await signed(makePdf())).toContain("/SMask");
});
