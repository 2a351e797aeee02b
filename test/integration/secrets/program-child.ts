// The program without its window, as a process that can be killed:
//   node program-child.ts DATA KEYCHAIN PRACTICE
// PRACTICE: folder of a sandbox that runs. From its input it takes one line of JSON, { draft, request, document }: saves the
// profile, signs the document with it, and tells each interaction in a line of its output. It ends when it is killed.
import { createInterface } from "node:readline";
import { join } from "node:path";
import { createApplication } from "../../../electron/services/application/application.ts";
import { openLogFiles } from "../../../electron/services/logging/log-files.ts";
import { createProgramLog } from "../../../electron/services/logging/program-log.ts";
import { createRedactor } from "../../../electron/services/logging/redact.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { barePorts } from "../services/bare-ports.ts";
import { folderKeychain } from "../vault/folder-keychain.ts";
import type { Draft } from "./planted-forms.ts";

const [data = "", keychain = "", practice = ""] = process.argv.slice(2);
const log = createProgramLog(openLogFiles(join(data, "logs")), createRedactor(), Date.now);
const application = createApplication({
  ...barePorts(data, await connectPractice(practice)),
  keyStore: folderKeychain(keychain),
  log,
  unexpected: (error) => log.unexpected(error),
});
application.state.onChange(({ transactions = [] }) => {
  for (const { interaction } of transactions) {
    if (interaction !== null) process.stdout.write(`interaction ${interaction.kind}\n`);
  }
});

interface Input {
  readonly draft: Draft;
  readonly request: Partial<SignRequest>;
  readonly document: string;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { draft, request, document } = JSON.parse(line) as Input;
  const saved = await application.handlers["profiles.save"](draft);
  if (!saved.ok || saved.value.problems.length > 0) throw new Error("the profile was not saved");
  await application.handlers["profiles.use"]({ provider: draft.provider, name: draft.name });
  const { opened } = await application.openFiles([document]);
  const reviewed = await application.handlers["signing.review"]({
    request: {
      provider: draft.provider,
      placement: { kind: "invisible" },
      level: "B-B",
      language: "EN",
      ...request,
      documents: [...opened],
    },
  });
  if (!reviewed.ok) throw new Error(reviewed.failure.code);
  await application.handlers["signing.start"]({ review: reviewed.value.review });
}
