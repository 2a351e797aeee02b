import { readFile, rename } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { checkConformance } from "../../../electron/pades/conformance.ts";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { isArray, isDict, isRef } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { buildPdf } from "../pdf/build-pdf.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { prepare, sign, workspace } from "./prepare.ts";

const rectangle = { kind: "rectangle", page: 1, rectangle: { x: 20, y: 20, width: 150, height: 60 } } as const;

/** What the catalog and the signature say of the certification. */
function certificationOf(path: string) {
  const file = openPdf(openFileSource(path));
  const permissions = file.get(file.catalog, "Perms");
  const named = isDict(permissions) ? permissions.entries.get("DocMDP") : undefined;
  const signature = file.resolve(named);
  const references = isDict(signature) ? file.get(signature, "Reference") : null;
  const [first] = isArray(references) ? references : [];
  const reference = file.resolve(first);
  const parameters = isDict(reference) ? file.get(reference, "TransformParams") : null;
  file.close();
  return {
    indirect: isRef(named),
    keys: isDict(permissions) ? [...permissions.entries.keys()] : [],
    method: isDict(reference) ? reference.entries.get("TransformMethod") : undefined,
    // ISO 32000-2 table 257: /P, and /V which shall be 1.2.
    level: isDict(parameters) ? parameters.entries.get("P") : undefined,
    version: isDict(parameters) ? parameters.entries.get("V") : undefined,
  };
}

describe("a certifying signature", () => {
  test.each([
    ["no-changes", 1],
    ["forms", 2],
    ["annotations", 3],
  ] as const)("that allows %s is of level %i, in its reference and in the catalog", async (certification, level) => {
    for (const form of ["absent", "direct", "indirect", "fields-indirect", "without-fields"] as const) {
      const where = await workspace(makePdf({ form }));
      await sign(where, await makeLocalSigner(), { certification, placement: rectangle });
      expect(certificationOf(where.staged)).toEqual({
        indirect: true,
        keys: ["DocMDP"],
        method: { kind: "name", name: "DocMDP" },
        level,
        version: { kind: "name", name: "1.2" },
      });
      const { signatures } = await verifyFile(where.staged, { trustAnchors: [] });
      expect(signatures).toMatchObject([{ intact: true, coverage: "whole-file" }]);
    }
  });

  test.each(["direct", "indirect"])("keeps usage rights that stand in a %s /Perms", async (kind) => {
    const usage = "<< /UR3 << /Type /Sig >> >>";
    const objects = {
      1: `<< /Type /Catalog /Pages 2 0 R /Perms ${kind === "direct" ? usage : "4 0 R"} >>`,
      2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] >>",
      4: usage,
    };
    const where = await workspace(buildPdf({ objects }));
    await sign(where, await makeLocalSigner(), { certification: "forms" });
    expect(certificationOf(where.staged)).toMatchObject({ keys: ["UR3", "DocMDP"], level: 2 });
  });

  test("fills an existing field and repeats the field's lock besides", async () => {
    const fieldEntries = "/Lock << /Type /SigFieldLock /Action /All >>";
    const where = await workspace(makePdf({ form: "with-signature-field", fieldEntries }));
    await sign(where, await makeLocalSigner(), {
      certification: "forms",
      placement: { kind: "field", field: "Approval" },
    });
    const text = (await readFile(where.staged)).toString("latin1");
    expect(text).toMatch(/\/TransformMethod \/DocMDP[^]*\/TransformMethod \/FieldMDP/u);
    expect(certificationOf(where.staged)).toMatchObject({ level: 2 });
  });

  test("that forbids every change leaves no room for another", async () => {
    const where = await workspace(makePdf());
    await sign(where, await makeLocalSigner(), { certification: "no-changes" });
    expect(await prepare({ source: where.staged, staged: `${where.staged}.2` })).toMatchObject({
      failure: { code: "document.certified-no-changes" },
    });
  });

  test.each(["forms", "annotations"] as const)(
    "that allows %s leaves room for one without a mark",
    async (certification) => {
      const signer = await makeLocalSigner();
      const where = await workspace(makePdf());
      await sign(where, signer, { certification });
      await rename(where.staged, where.source);
      expect(await prepare(where, { placement: rectangle })).toMatchObject({
        failure: { code: "document.certified-no-new-mark" },
      });
      await sign(where, signer);
      const { signatures } = await verifyFile(where.staged, { trustAnchors: [] });
      expect(signatures).toMatchObject([
        { intact: true, changesAfter: "allowed" },
        { intact: true, changesAfter: "none" },
      ]);
    },
  );

  test("is told from an ordinary one by the gate before delivery", async () => {
    const where = await workspace(makePdf());
    const signer = await makeLocalSigner();
    const rules = async (path: string, certification: "forms" | "no-changes" | null) =>
      (await checkConformance(path, { expectedLevel: "B-B", certification })).violations.map(({ rule }) => rule);
    await sign(where, signer, { certification: "forms" });
    expect(await rules(where.staged, "forms")).toEqual([]);
    expect(await rules(where.staged, "no-changes")).toEqual(["certification"]);
    expect(await rules(where.staged, null)).toEqual(["certification"]);
    await sign(where, signer);
    expect(await rules(where.staged, null)).toEqual([]);
    expect(await rules(where.staged, "forms")).toEqual(["certification"]);
  });
});

describe("locking the form's fields", () => {
  const locked = async (document: Uint8Array) => {
    const where = await workspace(document);
    await sign(where, await makeLocalSigner(), { lockFields: true });
    return { where, text: (await readFile(where.staged)).toString("latin1").slice(document.length) };
  };

  test("names every field but the signature fields, in the signature and in the new field", async () => {
    const { where, text } = await locked(makePdf({ form: "direct" }));
    expect(text).toMatch(/\/Type \/SigFieldLock\s*\/Action \/Include\s*\/Fields \[\(Name\)\]/u);
    expect(text).toMatch(/\/TransformMethod \/FieldMDP[^]*\/Action \/Include\s*\/Fields \[\(Name\)\]/u);
    // ISO 32000-2 table 234: /Lock shall be an indirect reference.
    expect(text).toMatch(/\/Lock \d+ 0 R/u);
    const report = await verifyFile(where.staged, { trustAnchors: [] });
    expect(report.signatures).toMatchObject([{ intact: true }]);
    // Others may still sign.
    await rename(where.staged, where.source);
    await sign(where, await makeLocalSigner());
    const after = await verifyFile(where.staged, { trustAnchors: [] });
    expect(after.signatures).toMatchObject([{ intact: true, changesAfter: "allowed" }, { intact: true }]);
  });

  test("writes nothing where there is nothing to lock", async () => {
    const { text } = await locked(makePdf());
    expect(text).not.toMatch(/FieldMDP|\/Lock/u);
  });
});
