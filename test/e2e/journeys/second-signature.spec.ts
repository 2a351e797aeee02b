import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PHONE } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";
import { signatureFields } from "../harness/signature-fields.ts";
import { FIELD_RECTANGLE, smallPdf } from "../harness/small-pdf.ts";

test("an empty signature field is signed where it is", async ({ person, folder, sandbox }) => {
  const path = join(folder, "form.pdf");
  await writeFile(path, smallPdf({ field: "Employee" }));
  await person.open(path);
  await person.seesPages();
  const { window } = person;
  await expect(window.getByText("This document has an empty signature field.")).toBeVisible();
  await window.getByText("Show a mark on the page").click();
  await window.getByRole("button", { name: /^A place I draw on the page/u }).click();
  await window.getByRole("option", { name: "Field “Employee” (page 1)" }).click();
  await person.signWith(PHONE.marie);
  expect(await person.outcome()).toContain("1 document signed");

  const signed = join(folder, "form-signed.pdf");
  expect(signatureFields(signed)).toEqual([
    { name: "Employee", page: 1, rectangle: [...FIELD_RECTANGLE], signed: true },
  ]);
  expect((await reportOn(signed, sandbox.rootCertificatePem)).verdict).toBe("TOTAL-PASSED");
});

test("a second person signs the signed copy, and both signatures are valid", async ({ person, folder, sandbox }) => {
  await person.open(await contractIn(folder));
  await person.seesPages();
  await person.drawMark(1, { left: 0.1, top: 0.2, right: 0.4, bottom: 0.28 });
  await person.signWith(PHONE.marie);
  await person.outcome();
  await person.dialog().getByRole("button", { name: "Verify contract-signed.pdf" }).click();
  await person.window.getByRole("tab", { name: "Sign", exact: true }).click();
  // The first mark is on the copy already; the second person's needs a place of its own.
  await person.window.getByRole("button", { name: "Put on this page" }).click();

  const page = await person.signAndConfirm();
  await person.identify(page, PHONE.zoe);
  for (const kind of ["identification", "signing"] as const) {
    await expect
      .poll(() => sandbox.control.itsme.sessions().at(-1), { timeout: 20_000 })
      .toMatchObject({
        kind,
        step: "phone",
      });
    sandbox.control.itsme.approve(sandbox.control.itsme.sessions().at(-1)?.id ?? "");
  }
  expect(await person.outcome()).toContain("contract-signed-2.pdf");
  await person.dialog().getByRole("button", { name: "Verify contract-signed-2.pdf" }).click();
  const panel = person.window.getByRole("tabpanel");
  await expect(panel.getByRole("article", { name: "Signature 1: Marie Janssens" })).toBeVisible();
  await expect(panel.getByRole("article", { name: "Signature 2: Zoë Müller-Straße" })).toBeVisible();
  await expect(panel).toContainText("Every signature of this file is valid.");

  await panel.getByRole("button", { name: "Show the signed version" }).click();
  const banner = person.window.getByText("You are looking at the version signed by Marie Janssens.");
  await expect(banner).toBeVisible();
  await expect(person.window.getByRole("region", { name: /signed version$/u })).toBeVisible();
  await person.window.getByRole("button", { name: "Back to now" }).first().click();
  await expect(banner).toHaveCount(0);

  expect(await namesIn(folder)).toEqual(["contract-signed-2.pdf", "contract-signed.pdf", "contract.pdf"]);
  const first = await readFile(join(folder, "contract-signed.pdf"));
  const second = await readFile(join(folder, "contract-signed-2.pdf"));
  expect(second.subarray(0, first.length).equals(first)).toBe(true);
  const report = await reportOn(join(folder, "contract-signed-2.pdf"), sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");
  expect(report.signatures).toMatchObject([
    { signer: "Marie Janssens", coverage: "entire-revision", changesAfter: "allowed" },
    { signer: "Zoë Müller-Straße", coverage: "whole-file", changesAfter: "none" },
  ]);
});
