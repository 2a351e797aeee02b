import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { OrderDetails } from "../../../shared/order-details.ts";
import { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { orderDetails } from "../services/idnow-world.ts";
import { newFolder } from "../services/open-application.ts";
import { folderKeychain } from "../vault/folder-keychain.ts";
import { lookAtAudit } from "./look-at-audit.ts";
import { plantedWorld } from "./planted-world.ts";
import { WatchedProgram, watchStreams } from "./watched-program.ts";

const script = new URL("program-child.ts", import.meta.url).pathname;
const MOBILE = "+491709184027";
const inJournal = (sink: string): boolean =>
  /^data folder(?: after the crash)?: sealdesk\.db(?:-wal|-shm)?$/u.test(sink);

test("a program that is killed in the middle of a run leaves no secret, neither in what it had open nor in the diagnostics of the next start", async () => {
  const search = new SecretSearch();
  watchStreams(search);
  const world = await plantedWorld(search);
  search.plant("phone number", MOBILE.slice(1), inJournal);
  world.sandbox.control.setAutoApprove(null);
  const [data, folder, keychain] = [await newFolder(), await newFolder(), await newFolder()];
  const document = join(folder, "contract.pdf");
  await writeFile(document, makePdf());
  const [signer] = orderDetails.signers;
  if (signer === undefined) throw new Error("an order has a signer");
  const details: OrderDetails = { ...orderDetails, signers: [{ ...signer, mobile: MOBILE }] };

  const child = spawn(process.execPath, [script, data, keychain, world.sandbox.folder], { stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  let told = "";
  child.stdout.on("data", (chunk: Buffer) => (told += chunk.toString("latin1")));
  child.stderr.on("data", (chunk: Buffer) => (told += chunk.toString("latin1")));
  child.stdin.write(`${JSON.stringify({ draft: world.draftOf("idnow"), request: { details }, document })}\n`);
  await expect.poll(() => told, { timeout: 40_000 }).toContain("interaction page");
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  search.look("output of the program that was killed", told);
  search.lookAtFolder("data folder after the crash", data);
  search.lookAtFolder("documents after the crash", folder);
  expect(search.report()).toEqual([]);

  const ports = { keyStore: folderKeychain(keychain) };
  const program = new WatchedProgram(data, world.practice, search, ports);
  await program.application.resume();
  await expect
    .poll(() => program.application.state.current.transactions[0]?.interaction?.kind, { timeout: 40_000 })
    .toBe("page");
  const exported = await newFolder();
  await program.export(join(exported, "diagnostics.txt"));
  await lookAtAudit(search, data);
  await program.application.close();
  program.lookAtDisk();
  expect(search.report()).toEqual([]);
  expect(search.seenWhereAllowed).toContain("phone number in data folder after the crash: sealdesk.db-wal");
}, 180_000);
