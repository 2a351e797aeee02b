#!/usr/bin/env node
import { once } from "node:events";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { programVersion } from "./program-version.ts";
import { CannotStart, EXIT, UsageError } from "./exit-status.ts";
import type { SandboxStartArguments } from "./sandbox-command.ts";
import type { EvidenceExtractArguments, EvidenceVerifyArguments } from "./evidence-command.ts";
import type { ExtendArguments } from "./extend-command.ts";
import type { TokensArguments } from "./tokens-command.ts";
import { proxiesOf } from "./environment-proxies.ts";
import { documentPassword } from "./document-password.ts";
import { dataFolder } from "./program-folders.ts";
import { addProfileCommands } from "./profile-program.ts";
import { addSignCommand } from "./sign-program.ts";
import { spreadTrust } from "./trust-anchors.ts";

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const tell = (text: string): void => void process.stderr.write(`${text}\n`);
/** Set when whoever read the results has gone (`| head -1`). What was begun is ended properly, without a word. */
let unread = false;
process.stdout.on("error", () => {
  unread = true;
});
process.stderr.on("error", () => undefined);
/** Waits while the reader is slower than we are, so that results do not pile up in memory. */
const printSlowly = async (text: string): Promise<void> => {
  if (!unread && !process.stdout.write(`${text}\n`) && !process.stdout.destroyed) {
    // Rejects when the reader goes; the listener above has heard of it too.
    await once(process.stdout, "drain").catch(() => undefined);
  }
};
const terminal = { isTTY: process.stderr.isTTY, write: (text: string): void => void process.stderr.write(text) };
const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** Parses the arguments and runs one command; resolves to the exit status. Commands load their code when they run. */
async function run(argv: readonly string[]): Promise<number> {
  const data = dataFolder(process.env, process.platform);
  const practice = join(data, "practice");
  let status: number = EXIT.good;
  const program = new Command("sealdesk")
    .description("signs PDF documents and finds out whether a signed one can be trusted")
    .version(programVersion())
    .exitOverride()
    .showHelpAfterError();

  program
    .command("verify")
    .description("judge signed PDF files; exit status 0 only when every file is TOTAL-PASSED")
    .argument("<file...>", "PDF files, or folders of them")
    .option("--json", "one JSON object a line for each file", false)
    .option("--timeline", "also tell what each revision of the file did", false)
    .option("--trust <pem>", "certificate to trust (repeatable)", collect, [])
    .option("--trust-list <xml>", "trusted list (repeatable)", collect, [])
    .option("--bankid-root <pem>", "root that persons with BankID are judged against (repeatable)", collect, [])
    .option("--at <time>", "judge validity at this ISO 8601 time")
    .option("--offline", "never ask the network whether certificates were revoked", false)
    .option("--document-password-env <name>", "name of the environment variable that holds the documents' password")
    .option("--jobs <number>", "files judged at the same time (without it: as many as there are processor cores)")
    .option("--report <folder>", "also write a report for each file into this folder")
    .action(async (files: string[], options: VerifyArguments) => {
      const { verifyCommand } = await import("./verify-command.ts");
      status = await verifyCommand(
        files,
        {
          ...options,
          at: options.at ?? null,
          jobs: options.jobs ?? null,
          report: options.report ?? null,
          password: documentPassword(options.documentPasswordEnv, process.env),
        },
        {
          data,
          environment: process.env,
          print: printSlowly,
          tell,
          isUnread: () => unread,
          terminal,
          proxies: () => proxiesOf(process.env),
        },
      );
    });

  addSignCommand(program, async (files, options) => {
    const { runSign } = await import("./run-sign.ts");
    status = await runSign(files, options, { data, environment: process.env, print, tell, terminal });
  });

  program
    .command("extend")
    .description("make signatures last longer: timestamp, validation data, archive timestamp")
    .argument("<file...>", "signed PDF files")
    .addOption(new Option("--level <level>", "wanted level").choices(["t", "lt", "lta"]).makeOptionMandatory())
    .option("--profile <name>", "sandbox is practice mode")
    .option("--document-password-env <name>", "name of the environment variable that holds the documents' password")
    .option("--tsa <url>", "timestamp service")
    .option("--trust <pem>", "certificate to trust (repeatable)", collect, [])
    .option("--out <path>", "folder for the results, or a file when there is one input")
    .option("--json", "one JSON object a line for each file", false)
    .action(async (files: string[], options: ExtendArguments) => {
      const { extendCommand } = await import("./extend-command.ts");
      status = await extendCommand(files, options, { data, environment: process.env, print, tell });
    });

  program
    .command("tokens")
    .description("show the cards and tokens that are there, and the certificates on them; asks for no PIN")
    .option("--pkcs11 <module>", "PKCS#11 module to look into; without it, those in the usual places", collect, [])
    .option("--json", "one JSON object a line for each token", false)
    .action(async (options: TokensArguments) => {
      const { tokensCommand } = await import("./tokens-command.ts");
      status = await tokensCommand(options, { print, tell, platform: process.platform, environment: process.env });
    });

  addProfileCommands(
    program,
    { data, environment: process.env, print, tell, proxies: () => proxiesOf(process.env) },
    (ended) => {
      status = ended;
    },
  );

  const audit = program
    .command("audit")
    .description("the record of what this computer signed, and whether it is whole");
  const auditSurroundings = async () => {
    const { keychainKeyStore } = await import("../electron/storage/vault/keychain-key-store.ts");
    return { data, print, keyStore: keychainKeyStore("Sealdesk", "vault key") };
  };
  audit
    .command("verify")
    .description("check every entry and seal; exit status 0 only when nothing is changed or missing")
    .argument("[file]", "an exported trail; without it, the one of this computer")
    .action(async (file: string | undefined) => {
      const { auditVerify } = await import("./audit-command.ts");
      status = await auditVerify(file ?? null, await auditSurroundings());
    });
  audit
    .command("export")
    .description("print the trail as JSON lines; it holds digests, and no names of people or files")
    .action(async () => {
      const { auditExport } = await import("./audit-command.ts");
      status = auditExport(await auditSurroundings());
    });

  program
    .command("policy")
    .description("what the administrator of this computer lays down")
    .command("check")
    .description("say what a policy allows, or what is wrong with it; exit status 0 only when it is good")
    .argument("[file]", "a policy file; without it, the one of this computer")
    .action(async (file: string | undefined) => {
      const { policyCheck } = await import("./policy-command.ts");
      status = policyCheck(file ?? null, { environment: process.env, platform: process.platform, print });
    });

  const evidence = program.command("evidence").description("evidence of a signature with BankID");
  const evidenceSurroundings = { data, environment: process.env, print, tell };
  evidence
    .command("verify")
    .description(
      "judge a package of evidence and the document that lies beside it; exit status 0 only when it proves who signed",
    )
    .argument("<package>", "package of evidence (.zip)")
    .argument("<document>", "the document as it was signed")
    .option("--json", "one JSON object", false)
    .option("--bankid-root <pem>", "root that persons with BankID are judged against (repeatable)", collect, [])
    .option("--at <time>", "judge at this ISO 8601 time")
    .option("--document-password-env <name>", "name of the environment variable that holds the document's password")
    .action(async (file: string, document: string, options: EvidenceVerifyArguments) => {
      const { evidenceVerifyCommand } = await import("./evidence-command.ts");
      status = await evidenceVerifyCommand(file, document, options, evidenceSurroundings);
    });
  evidence
    .command("extract")
    .description("write the evidence that a PDF file carries into a folder; nothing is overwritten")
    .argument("<file>", "PDF file")
    .argument("<folder>", "where to")
    .option("--document-password-env <name>", "name of the environment variable that holds the document's password")
    .action(async (file: string, folder: string, options: EvidenceExtractArguments) => {
      const { evidenceExtractCommand } = await import("./evidence-command.ts");
      status = await evidenceExtractCommand(file, folder, options, evidenceSurroundings);
    });

  const sandbox = program.command("sandbox").description("the practice providers on this computer");
  sandbox
    .command("start")
    .description("run them until stopped; prints addresses and files as JSON")
    .option("--fourthline-table <file>", "JSON with other paths and field names of Fourthline's API")
    .action(async (options: SandboxStartArguments) => {
      const { sandboxStartCommand } = await import("./sandbox-command.ts");
      status = await sandboxStartCommand(practice, options, print);
    });
  sandbox
    .command("root")
    .description("print the practice root certificate, for verify --trust")
    .action(async () => {
      const { sandboxRootCommand } = await import("./sandbox-command.ts");
      status = await sandboxRootCommand(practice, print);
    });

  await program.parseAsync(spreadTrust(argv), { from: "user" });
  return status;
}

interface VerifyArguments {
  readonly offline: boolean;
  readonly json: boolean;
  readonly timeline: boolean;
  readonly trust: readonly string[];
  readonly trustList: readonly string[];
  readonly bankidRoot: readonly string[];
  readonly at?: string;
  readonly jobs?: string;
  readonly report?: string;
  readonly documentPasswordEnv?: string;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof CannotStart) {
    tell(`sealdesk: ${error.message}`);
    process.exitCode = EXIT.notAllGood;
  } else if (error instanceof UsageError) {
    tell(`sealdesk: ${error.message}`);
    process.exitCode = EXIT.usage;
  } else if (error instanceof CommanderError) {
    // Help and version were printed; anything else is a call that commander has explained.
    process.exitCode = error.exitCode === 0 ? EXIT.good : EXIT.usage;
  } else {
    // A bug. Its place helps whoever mends it; its text may hold names and paths of documents.
    const place = error instanceof Error ? (error.stack?.split("\n").find((line) => /^\s+at /u.test(line)) ?? "") : "";
    tell(`sealdesk: unexpected ${error instanceof Error ? error.name : typeof error}${place.replace(/^\s+/u, " ")}`);
    process.exitCode = EXIT.notAllGood;
  }
}

// All is done and said. A keychain whose question nobody answers would hold the program for ever, and a script with it.
setInterval(() => {
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) {
    process.exit();
  }
}, 5_000).unref();
