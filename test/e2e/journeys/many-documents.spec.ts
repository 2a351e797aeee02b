import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { PHONE } from "../../../tools/demo/person.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { namesIn, reportOn } from "../harness/results.ts";
import { writeSmallPdfs } from "../harness/small-pdf.ts";

const BATCH_TIMEOUT = 120_000;

test("70 documents are signed in one approval", async ({ person, folder, sandbox }) => {
  test.setTimeout(BATCH_TIMEOUT);
  const paths = await writeSmallPdfs(folder, names(70));
  const originals = await Promise.all(paths.map((path) => readFile(path)));
  await person.open(...paths);
  await allAreThere(person, 70);
  await person.pressSign();
  await expect(person.dialog()).toContainText("You are asked to approve once.");
  const started = Date.now();
  await person.identify(await person.confirm(), PHONE.marie);
  expect(await person.outcome(90_000)).toContain("70 documents signed");
  test.info().annotations.push({ type: "70 documents", description: `${Date.now() - started} ms from yes to done` });

  expect(signedInEachApproval(sandbox)).toEqual([70]);
  expect(await namesIn(folder)).toHaveLength(140);
  for (const [index, path] of paths.entries()) {
    expect((await readFile(path)).equals(originals[index] ?? Buffer.alloc(0))).toBe(true);
  }
  for (const name of ["paper-01-signed.pdf", "paper-35-signed.pdf", "paper-70-signed.pdf"]) {
    const report = await reportOn(join(folder, name), sandbox.rootCertificatePem);
    expect(report.verdict).toBe("TOTAL-PASSED");
  }
});

test("document 71 is signed in a second approval, after the person was told", async ({ person, folder, sandbox }) => {
  test.setTimeout(BATCH_TIMEOUT);
  await person.open(...(await writeSmallPdfs(folder, names(71))));
  await allAreThere(person, 71);
  await person.pressSign();
  await expect(person.dialog()).toContainText("You are asked to approve 2 times.");
  await person.identify(await person.confirm(), PHONE.marie);
  await expect(person.dialog()).toContainText("Signed so far: 70. Still to sign: 1.", { timeout: 90_000 });
  expect(signedInEachApproval(sandbox)).toEqual([70]);
  await person.dialog().getByRole("button", { name: "Continue" }).click();
  expect(await person.outcome()).toContain("71 documents signed");
  expect(signedInEachApproval(sandbox)).toEqual([70, 1]);
  expect(await namesIn(folder)).toHaveLength(142);
});

test("a contract for single documents is told, and each document has its own approval", async ({
  person,
  folder,
  sandbox,
}) => {
  await person.open(...(await writeSmallPdfs(folder, ["one.pdf", "two.pdf"])));
  await allAreThere(person, 2);
  await person.signWith(PHONE.noBatch);
  await expect(person.dialog()).toContainText("allows one document per approval", { timeout: 30_000 });
  await person.dialog().getByRole("button", { name: "Continue" }).click();
  await expect(person.dialog()).toContainText("Signed so far: 1. Still to sign: 1.", { timeout: 30_000 });
  await person.dialog().getByRole("button", { name: "Continue" }).click();
  expect(await person.outcome()).toContain("2 documents signed");
  expect(signedInEachApproval(sandbox)).toEqual([1, 1]);
  expect(await namesIn(folder)).toEqual(["one-signed.pdf", "one.pdf", "two-signed.pdf", "two.pdf"]);
});

test("stopping between two approvals keeps what is signed and leaves the rest alone", async ({ person, folder }) => {
  await person.open(...(await writeSmallPdfs(folder, ["one.pdf", "two.pdf"])));
  await allAreThere(person, 2);
  await person.signWith(PHONE.noBatch);
  await expect(person.dialog()).toContainText("allows one document per approval", { timeout: 30_000 });
  await person.dialog().getByRole("button", { name: "Continue" }).click();
  await expect(person.dialog()).toContainText("Signed so far: 1. Still to sign: 1.", { timeout: 30_000 });
  await person.dialog().getByRole("button", { name: "Stop here" }).click();
  expect(await person.outcome()).toContain("1 signed, 1 not signed");
  expect(await namesIn(folder)).toEqual(["one-signed.pdf", "one.pdf", "two.pdf"]);
});

test("results in another order are matched to their documents", async ({ person, folder, sandbox }) => {
  await person.open(...(await writeSmallPdfs(folder, ["one.pdf", "two.pdf", "three.pdf"])));
  await allAreThere(person, 3);
  await person.signWith(PHONE.shuffled);
  expect(await person.outcome()).toContain("3 documents signed");
  for (const name of ["one", "two", "three"]) {
    const report = await reportOn(join(folder, `${name}-signed.pdf`), sandbox.rootCertificatePem);
    expect(report.verdict).toBe("TOTAL-PASSED");
  }
});

/** The button names those that are open by now. */
async function allAreThere({ window }: Person, count: number): Promise<void> {
  await expect(window.getByRole("button", { name: `Sign ${count} documents with itsme` })).toBeVisible();
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `paper-${String(index + 1).padStart(2, "0")}.pdf`);
}

function signedInEachApproval(sandbox: Sandbox): readonly number[] {
  return sandbox.control.itsme
    .sessions()
    .filter(({ outcome, kind }) => kind === "signing" && outcome === "approved")
    .map(({ documents }) => documents);
}
