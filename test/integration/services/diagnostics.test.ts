import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLogFiles } from "../../../electron/services/logging/log-files.ts";
import { createProgramLog } from "../../../electron/services/logging/program-log.ts";
import { createRedactor } from "../../../electron/services/logging/redact.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { expectOutcome, newFolder, openApplication, practiceForTests, startSigning } from "./open-application.ts";
import { CLOSED_DIALOGS } from "./bare-ports.ts";

const practice = practiceForTests((providers) => providers.approveAll(null));

test("diagnostics tell what happened in a run, and nothing about people and files; what was shown is what is saved", async () => {
  const data = await newFolder();
  const file = join(data, "Notice for Johanna Lindqvist.pdf");
  await writeFile(file, makePdf({ pages: 1 }));
  const target = join(data, "for support.txt");
  const log = createProgramLog(openLogFiles(join(data, "logs")), createRedactor(), Date.now);
  const application = openApplication(data, practice(), {
    log,
    dialogs: { ...CLOSED_DIALOGS, chooseSavePath: async () => target },
  });
  const opened = await application.openFiles([file]);
  await startSigning(application, { documents: [...opened.opened] });
  await expectOutcome(application, { kind: "done", signed: 1 });

  const early = await application.handlers["diagnostics.save"]({});
  expect(early.ok).toBe(false);
  const read = await application.handlers["diagnostics.read"]({});
  const text = read.ok ? read.value.text : "";
  for (const secret of ["Johanna", "Lindqvist", data, "Anna", "Peeters", practice().clientKeyPem.slice(40, 80)]) {
    expect(text).not.toContain(secret);
  }
  expect(text).toContain('"event":"signing.step"');
  expect(text).toContain('"event":"network.exchange"');
  expect(text).toContain('"step":"need-digests"');
  log.write("info", "later");
  await expect(application.handlers["diagnostics.save"]({})).resolves.toEqual({ ok: true, value: { saved: true } });
  expect(await readFile(target, "utf8")).toBe(text);
});
