import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { practiceAccounts, readablePhone } from "../../../../sandbox/itsme/accounts.ts";

test("docs/sandbox.md lists exactly the practice numbers that exist, as they are", async () => {
  const page = await readFile(new URL("../../../../docs/sandbox.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| +32 "));
  expect(rows).toEqual(
    practiceAccounts.map((one) => `| ${readablePhone(one.phone)} | ${one.givenName} ${one.surname} | ${one.what} |`),
  );
});
