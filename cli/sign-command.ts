import { basename, resolve } from "node:path";
import type { ReviewSheet } from "../shared/app-state.ts";
import { failureWords, words } from "../shared/messages/words.ts";
import type { EvidenceResult } from "../shared/evidence-result.ts";
import type { Failure } from "../shared/failure.ts";
import { documentId } from "../shared/ids.ts";
import type { TransactionId } from "../shared/ids.ts";
import type { Interaction, QrInteraction } from "../shared/interaction.ts";
import { checkUnopened, signingIntent } from "../electron/services/signing/check-document.ts";
import { inspectDocument } from "../electron/services/documents/open-document.ts";
import type { InspectedDocument } from "../electron/services/documents/open-document.ts";
import { isNoMatter } from "../shared/no-matter-for-texts.ts";
import type { RunListener } from "../electron/services/signing/run-listener.ts";
import type { SigningEnvironment } from "../electron/services/signing/signing-environment.ts";
import type { SigningService } from "../electron/services/signing/signing-service.ts";
import { answerInteraction } from "./answer-interaction.ts";
import { EXIT } from "./exit-status.ts";
import { makeOutputFolder, outputOf } from "./sign-output.ts";
import type { SignOutput } from "./sign-output.ts";
import { requestOf } from "./sign-request.ts";
import type { IdentifiedDocument, SignOptions } from "./sign-request.ts";

export interface SignParts {
  readonly environment: SigningEnvironment;
  readonly signing: SigningService;
  /** Opens encrypted documents that do not open without one. */
  readonly password: string | undefined;
  readonly randomUuid: () => string;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
  /** Asks at the terminal; null when nobody is there. */
  readonly ask: ((question: string) => Promise<string | null>) | null;
  /** Draws the code for the provider's app; again for each picture. */
  readonly showCode: (interaction: QrInteraction) => void;
  /** The provider's own copy is deleted at the end. */
  readonly deleteAtProvider: boolean;
  readonly playsPerson: boolean;
  readonly acceptConditions: boolean;
  readonly selfie: Uint8Array<ArrayBuffer> | null;
}

interface Outcome {
  readonly file: string;
  readonly output: string | null;
  readonly level: string | null;
  readonly failure: Failure | null;
  readonly evidence: EvidenceResult | null;
}

const unknownOutcome = (file: string): Outcome => ({ file, output: null, level: null, failure: null, evidence: null });

/**
 * `sealdesk sign`: one approval for all files; one result an argument, in their order. A file that is named twice is
 * signed once. Resolves to the exit status.
 */
export async function signCommand(files: readonly string[], options: SignOptions, parts: SignParts): Promise<number> {
  const paths = new Map(files.map((file) => [resolve(file), file] as const));
  const out = outputOf(options.out, paths.size);
  const outcomes = new Map<string, Outcome>();
  const documents: { readonly file: string; readonly source: InspectedDocument }[] = [];
  for (const [path, file] of paths) {
    const inspected = await inspectDocument(path, parts.password);
    const refusal = inspected.ok ? inspected.value.inspection.refusal : inspected.failure;
    const { takes } = parts.environment.provider.descriptor;
    const failure = inspected.ok && refusal !== null && isNoMatter(takes, refusal.code) ? null : refusal;
    if (inspected.ok && failure === null) {
      documents.push({ file, source: inspected.value });
    } else {
      outcomes.set(path, { ...unknownOutcome(file), failure: namedFailure(failure, path) });
    }
  }
  if (documents.length > 0) {
    await signDocuments(documents, options, out, parts, outcomes);
  }
  return report(files, outcomes, options, parts);
}

/** The sentences name the document; whoever refused it need not have known its name. */
function namedFailure(failure: Failure | null, path: string): Failure | null {
  return failure === null ? null : { ...failure, params: { name: basename(path), ...failure.params } };
}

async function signDocuments(
  documents: readonly { readonly file: string; readonly source: InspectedDocument }[],
  options: SignOptions,
  out: SignOutput,
  parts: SignParts,
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const fail = (failure: Failure): void => {
    for (const { file, source } of documents.filter(({ source: { path } }) => !outcomes.has(path))) {
      outcomes.set(source.path, { ...unknownOutcome(file), failure });
    }
  };
  const folderProblem = await makeOutputFolder(out);
  if (folderProblem !== null) {
    fail(folderProblem);
    return;
  }
  const identified = documents.map(({ source }) => ({ id: documentId(parts.randomUuid()), source }));
  const signable = tellRefused(identified, options, parts, outcomes);
  if (signable.length === 0) {
    return;
  }
  const reviewed = await parts.signing.review({
    request: requestOf(options, parts.environment, signable),
    environment: parts.environment,
    documents: signable,
    outputFolder: out.folder,
    outputFile: out.file,
    documentPassword: () => parts.password,
    knownPerson: null,
  });
  if (!reviewed.ok) {
    fail(reviewed.failure);
    return;
  }
  tellWarnings(reviewed.value.sheet, parts);
  tellText(reviewed.value.sheet, parts);
  const pathOf = (item: string): string => signable[Number(item) - 1]?.source.path ?? "";
  for (const name of reviewed.value.sheet.clipped) {
    parts.tell(`${name}: the mark lies partly outside the page that is shown`);
  }
  const started = parts.signing.start(reviewed.value, (id) => listener(parts, id, outcomes, pathOf, fail));
  if (!started.ok) {
    fail(started.failure);
    return;
  }
  await untilEnded(parts.signing, started.value);
}

/** A document that cannot be signed as asked does not stop the others: its refusal is its outcome. */
function tellRefused(
  documents: readonly IdentifiedDocument[],
  options: SignOptions,
  { environment, password }: SignParts,
  outcomes: Map<string, Outcome>,
): readonly IdentifiedDocument[] {
  const request = requestOf(options, environment, documents);
  return documents.filter(({ id, source }) => {
    const checked = checkUnopened(source, signingIntent(request, environment, id), password);
    if (!checked.ok) {
      outcomes.set(source.path, { ...unknownOutcome(source.path), failure: checked.failure });
    }
    return checked.ok;
  });
}

function tellWarnings(sheet: ReviewSheet, { tell }: SignParts): void {
  for (const { warning, documents } of sheet.warnings) {
    tell(`${documents.join(", ")}: ${words(`warning.${warning.code}`, warning.params ?? {})}`);
  }
}

/** What the person signs, as it is about to be sent. */
function tellText({ text }: ReviewSheet, { tell }: SignParts): void {
  if (text !== null) {
    tell(`${words("bankid.review.text")}:`);
    tell(text.visible.replaceAll(/^(?=.)/gmu, "  "));
  }
}

/** Ctrl+C asks the run to stop: what was approved by then is still delivered. A second one ends the program. */
export async function untilEnded(
  signing: SigningService,
  transaction: Parameters<SigningService["cancel"]>[0],
): Promise<void> {
  const stop = (): void => signing.cancel(transaction);
  process.once("SIGINT", stop);
  await signing.ended(transaction);
  process.removeListener("SIGINT", stop);
}

/** Never rejects. */
async function reply(
  parts: SignParts,
  id: TransactionId,
  interaction: Interaction,
  fail: (failure: Failure) => void,
): Promise<void> {
  const answer = await answerInteraction(interaction, parts);
  if (answer === "stop") {
    parts.signing.cancel(id);
  } else if (answer === "later") {
    parts.tell(words("cli.later"));
    fail({ code: "provider.not-binding-yet" });
    await parts.signing.leave(id);
  } else if (answer !== null) {
    parts.signing.answer(id, interaction.id, answer);
  }
}

function listener(
  parts: SignParts,
  id: Parameters<SigningService["answer"]>[0],
  outcomes: Map<string, Outcome>,
  pathOf: (item: string) => string,
  fail: (failure: Failure) => void,
): RunListener {
  let told = { id: "", message: "" };
  return {
    onInteraction: (interaction) => {
      if (interaction === null) {
        return;
      }
      // The same question is shown again at every poll; it is answered once, and each of its sentences told once.
      const isNew = interaction.id !== told.id;
      const isSaid = interaction.message === told.message;
      told = { id: interaction.id, message: interaction.message };
      if (isNew) {
        void reply(parts, id, interaction, fail);
      } else if (!isSaid) {
        parts.tell(words(interaction.message, interaction.params ?? {}));
      }
      if (interaction.kind === "qr") {
        parts.showCode(interaction);
      }
    },
    onItem: (item, progress) => {
      const file = pathOf(item);
      switch (progress.kind) {
        case "delivered":
          parts.tell(`${basename(file)}: ${basename(progress.outputPath)}`);
          outcomes.set(file, {
            file,
            output: progress.outputPath,
            level: progress.level,
            failure: progress.notice,
            evidence: progress.evidence ?? null,
          });
          break;
        case "failed":
        case "needs-attention":
          outcomes.set(file, { ...unknownOutcome(file), failure: progress.failure });
          break;
        case "working":
        case "waiting-for-you":
        case "waiting-for-provider":
        // Only a run of the desktop program waits: this command has refused locked documents before.
        case "waiting-for-password":
          break;
      }
    },
    onEnd: () => undefined,
  };
}

/** One line an argument, in the order of the arguments. */
function report(
  files: readonly string[],
  outcomes: ReadonlyMap<string, Outcome>,
  options: SignOptions,
  parts: SignParts,
): number {
  let allSigned = true;
  for (const file of files) {
    const { output, level, failure, evidence } = outcomes.get(resolve(file)) ?? unknownOutcome(file);
    // A document without any ending: another program drives its run now.
    const why = failure ?? (output === null ? ({ code: "app.internal" } as const) : null);
    allSigned &&= why === null;
    const error = why === null ? null : failureWords(why).join(" ");
    if (options.json) {
      // The code comes first, for programs; the sentences behind it are for people.
      parts.print(JSON.stringify({ file, output, level, error: why === null ? null : `${why.code}: ${error}` }));
    } else {
      const done = output === null ? "not signed" : `${signedHow(level, evidence)}: ${output}`;
      parts.print(error === null ? `${file}: ${done}` : `${file}: ${done}. ${error}`);
    }
  }
  return allSigned ? EXIT.good : EXIT.notAllGood;
}

/** Evidence is never told as if the person had signed the PDF itself. */
function signedHow(level: string | null, evidence: EvidenceResult | null): string {
  if (evidence === null) {
    return `signed, ${level}`;
  }
  return evidence.sealedBy === null
    ? "signed with BankID, evidence package"
    : `signed with BankID (evidence), sealed by ${evidence.sealedBy}, ${level}`;
}
