import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";
import { Person } from "../../../tools/demo/person.ts";
import { firstDocument } from "../electron-fixture.ts";

/** Lines of the log about the self-check, as "event code what". */
async function logged(userData: string): Promise<readonly string[]> {
  const folder = join(userData, "logs");
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
  return files
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.includes('"self-check.'))
    .map((line) => JSON.parse(line) as Readonly<Record<string, string>>)
    .map(({ event, code, what }) => [event, code, what].filter((part) => part !== undefined).join(" "));
}

test("a usual start passes; what only development needs is written down", async ({ person, userData }) => {
  await expect(person.window.getByRole("heading", { name: "Sign and check PDF documents" })).toBeVisible();
  await expect.poll(() => logged(userData)).toContain("self-check.passed");
  const told = (await logged(userData)).filter((line) => line !== "self-check.passed");
  // Playwright drives the program through these.
  expect(told).toEqual([
    expect.stringMatching(/^self-check\.tolerated self-check\.debugging .*--remote-debugging-port.*--inspect/u),
  ]);
  await expect(person.window.getByText("Nothing can be signed")).toHaveCount(0);
});

test("a start that weakens the program signs nothing, says so, and verifies as before", async ({
  start,
  practice: _started,
  userData,
  folder,
}) => {
  const app = await start({
    args: ["--host-rules=MAP nobody.invalid 127.0.0.1"],
    env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
  });
  const person = new Person(app, await firstDocument(app));
  const alert = person.window.getByRole("alert").filter({ hasText: "takes its protections away" });
  await expect(alert).toContainText("--host-rules");
  await expect(person.window.getByRole("alert").filter({ hasText: "NODE_TLS_REJECT_UNAUTHORIZED" })).toBeVisible();
  // It stays: there is nothing to press it away with.
  await expect(alert.getByRole("button", { name: "Dismiss" })).toHaveCount(0);
  expect((await logged(userData)).filter((line) => line.includes("failed"))).toEqual([
    "self-check.failed self-check.switches --host-rules",
    "self-check.failed self-check.environment NODE TLS REJECT UNAUTHORIZED",
  ]);
  await person.open(await contractIn(folder));
  await person.window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
  await expect(person.window.getByRole("button", { name: /^Sign 1 document with itsme$/u })).toBeDisabled();
  const signatures = await person.showSignatures();
  await expect(signatures).toContainText("no signature", { ignoreCase: true });
});
