import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { fullName } from "../../../../sandbox/fourthline/persons.ts";
import { practiceClients } from "../../../../sandbox/fourthline/practice-clients.ts";

test("docs/sandbox.md lists exactly the practice identifiers that exist, as they are", async () => {
  const page = await readFile(new URL("../../../../docs/sandbox.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => /^\| `practice[a-z-]*` \|/u.test(line));
  expect(rows).toEqual(
    practiceClients.map(
      ({ reference, person, what }) => `| \`${reference}\` | ${fullName(person.confirmed)} | ${what} |`,
    ),
  );
});
