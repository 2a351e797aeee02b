import { existsSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { failureWords, words } from "../shared/messages/words.ts";
import type { Failure } from "../shared/failure.ts";
import type { SignRequest } from "../shared/ipc.ts";
import type { Placement } from "../shared/placement.ts";
import { documentId } from "../shared/ids.ts";
import { inspectDocument } from "../electron/services/documents/open-document.ts";
import type { InspectedDocument } from "../electron/services/documents/open-document.ts";
import type { RunListener } from "../electron/services/signing/run-listener.ts";
import type { SigningEnvironment } from "../electron/services/signing/signing-environment.ts";
import type { SigningService } from "../electron/services/signing/signing-service.ts";
import { EXIT, UsageError } from "./exit-status.ts";

export interface SignOptions {
  readonly level: "b" | "t";
  readonly place: string | null;
  readonly field: string | null;
  readonly reason: string | null;
  readonly out: string | null;
  readonly json: boolean;
}

export interface SignParts {
  readonly environment: SigningEnvironment;
  readonly signing: SigningService;
  readonly randomUuid: () => string;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
}

interface Outcome {
  readonly file: string;
  readonly output: string | null;
  readonly level: string | null;
  readonly failure: Failure | null;
}

/** `sealdesk sign`: one approval for all files; one result a file, in input order. Resolves to the exit status. */
export async function signCommand(files: readonly string[], options: SignOptions, parts: SignParts): Promise<number> {
  const out = outputOf(options.out, files.length);
  const outcomes = new Map<string, Outcome>(
    files.map((file) => [file, { file, output: null, level: null, failure: null }]),
  );
  const documents: { readonly file: string; readonly source: InspectedDocument }[] = [];
  for (const file of outcomes.keys()) {
    const inspected = await inspectDocument(resolve(file));
    const failure = inspected.ok ? inspected.value.inspection.refusal : inspected.failure;
    if (inspected.ok && failure === null) {
      documents.push({ file, source: inspected.value });
    } else {
      outcomes.set(file, { file, output: null, level: null, failure });
    }
  }
  if (documents.length > 0) {
    await signDocuments(documents, options, out, parts, outcomes);
  }
  return report([...outcomes.values()], options, parts);
}

async function signDocuments(
  documents: readonly { readonly file: string; readonly source: InspectedDocument }[],
  options: SignOptions,
  out: { readonly folder: string | null; readonly file: string | null },
  parts: SignParts,
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const fail = (failure: Failure): void => {
    for (const { file } of documents) {
      outcomes.set(file, { file, output: null, level: null, failure });
    }
  };
  const identified = documents.map(({ source }) => ({ id: documentId(parts.randomUuid()), source }));
  const request = requestOf(options, parts.environment, identified);
  const reviewed = await parts.signing.review({
    request,
    environment: parts.environment,
    documents: identified,
    outputFolder: out.folder,
    outputFile: out.file,
    knownPerson: null,
  });
  if (!reviewed.ok) {
    fail(reviewed.failure);
    return;
  }
  const fileOf = (item: string): string => documents[Number(item) - 1]?.file ?? "";
  const started = parts.signing.start(reviewed.value, (id) => listener(parts, id, outcomes, fileOf));
  if (!started.ok) {
    fail(started.failure);
    return;
  }
  const stop = (): void => parts.signing.cancel(started.value);
  process.once("SIGINT", stop);
  await parts.signing.ended(started.value);
  process.removeListener("SIGINT", stop);
}

function listener(
  parts: SignParts,
  id: Parameters<SigningService["answer"]>[0],
  outcomes: Map<string, Outcome>,
  fileOf: (item: string) => string,
): RunListener {
  let told = "";
  return {
    onInteraction: (interaction) => {
      // The same question is shown again at every poll; it is told once.
      if (interaction === null || interaction.id === told) {
        return;
      }
      told = interaction.id;
      parts.tell(words(interaction.message, interaction.params ?? {}));
      // The command was given for all these files: more approvals are part of it, and the person sees each.
      if (interaction.kind === "confirm") {
        parts.signing.answer(id, interaction.id, { kind: "confirm", accepted: true });
      }
    },
    onItem: (item, progress) => {
      const file = fileOf(item);
      switch (progress.kind) {
        case "delivered":
          parts.tell(`${basename(file)}: ${basename(progress.outputPath)}`);
          outcomes.set(file, { file, output: progress.outputPath, level: progress.level, failure: null });
          break;
        case "failed":
        case "needs-attention":
          outcomes.set(file, { file, output: null, level: null, failure: progress.failure });
          break;
        case "working":
        case "waiting-for-you":
        case "waiting-for-provider":
          break;
      }
    },
    onEnd: () => undefined,
  };
}

function requestOf(
  options: SignOptions,
  environment: SigningEnvironment,
  documents: readonly { readonly id: SignRequest["documents"][number]; readonly source: InspectedDocument }[],
): SignRequest {
  const existing = (source: InspectedDocument): boolean =>
    source.inspection.emptyFields.some((field) => field.name === options.field);
  const drawn = options.place === null ? null : placementOf(options.place);
  const placements: Record<string, Placement> = {};
  for (const { id, source } of documents) {
    if (options.field !== null && (existing(source) || drawn === null)) {
      // A field that is there is signed; without a place, naming one that is not there is the document's own refusal.
      placements[id] = { kind: "field", field: options.field };
    }
  }
  return {
    provider: environment.provider.descriptor.id,
    documents: documents.map(({ id }) => id),
    placement: drawn ?? { kind: "invisible" },
    placements,
    ...(options.field === null ? {} : { fieldName: options.field }),
    level: options.level === "t" ? "B-T" : "B-B",
    ...(options.reason === null ? {} : { reason: options.reason }),
    language: "EN",
  };
}

/** PAGE,X,Y,WIDTH,HEIGHT: page from 1, the rest in points of the page's own coordinate system. */
export function placementOf(text: string): Placement {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [page, x, y, width, height] = numbers;
  if (
    numbers.length !== 5 ||
    numbers.some((number) => !Number.isFinite(number)) ||
    page === undefined ||
    x === undefined ||
    y === undefined ||
    width === undefined ||
    height === undefined ||
    !Number.isInteger(page) ||
    page < 1 ||
    width <= 0 ||
    height <= 0
  ) {
    throw new UsageError(`--place ${text}: expected PAGE,X,Y,WIDTH,HEIGHT, for example 3,72,100,200,60`);
  }
  return { kind: "rectangle", page, rectangle: { x, y, width, height } };
}

/** `--out`: an existing folder, a name that ends in a slash, or with one input the file itself. */
function outputOf(
  out: string | null,
  inputs: number,
): { readonly folder: string | null; readonly file: string | null } {
  if (out === null) {
    return { folder: null, file: null };
  }
  const path = resolve(out);
  const isFolder = /[/\\]$/u.test(out) || (existsSync(path) && statSync(path).isDirectory());
  if (isFolder || !out.toLowerCase().endsWith(".pdf")) {
    return { folder: path, file: null };
  }
  if (inputs !== 1) {
    throw new UsageError("--out names a file, but there are several inputs: name a folder");
  }
  return { folder: null, file: path };
}

function report(outcomes: readonly Outcome[], options: SignOptions, parts: SignParts): number {
  for (const { file, output, level, failure } of outcomes) {
    const error = failure === null ? null : failureWords(failure).join(" ");
    if (options.json) {
      parts.print(JSON.stringify({ file, output, level, error, code: failure?.code ?? null }));
    } else {
      parts.print(error === null ? `${file}: signed, ${level}: ${output}` : `${file}: not signed. ${error}`);
    }
  }
  return outcomes.every((outcome) => outcome.failure === null && outcome.output !== null) ? EXIT.good : EXIT.notAllGood;
}
