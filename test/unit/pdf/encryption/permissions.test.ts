import { expect, test } from "vitest";
import { readPermissions } from "../../../../electron/pdf/encryption/permissions.ts";

// ISO 32000-2 table 22; the numbers are those of two files of esig/dss, read by `pdfinfo`.
test("filling in may be all that is allowed", () => {
  expect(readPermissions(-3120, 4)).toEqual({
    print: false,
    modify: false,
    copy: true,
    annotate: false,
    fillForms: true,
    createFields: false,
    assemble: false,
  });
});

test("who may annotate may fill in, but make new fields only with the right to modify", () => {
  expect(readPermissions(-1052, 6)).toMatchObject({ annotate: true, fillForms: true, createFields: false });
  expect(readPermissions(-4, 6)).toMatchObject({ modify: true, annotate: true, createFields: true });
});

test("before revision 3 only bit 6 lets people fill in", () => {
  expect(readPermissions(0x100, 2).fillForms).toBe(false);
  expect(readPermissions(0x20, 2).fillForms).toBe(true);
});
