import { randomUUID } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { connectPractice } from "../sandbox/connect-practice.ts";
import { createHttpClient } from "../electron/net/http-client.ts";
import { repeatingClient } from "../electron/net/repeating-client.ts";
import type { ProxyResolver } from "../electron/net/proxy-route.ts";
import type { ExtensionLevel, ExtensionParts } from "../electron/pades/extend-signature.ts";
import { parseCertificates } from "../electron/pki/certificate.ts";
import { RevocationCache } from "../electron/pki/revocation-cache.ts";
import { extendDocument } from "../electron/services/extending/extend-document.ts";
import type { ExtendedDocument } from "../electron/services/extending/extend-document.ts";
import { inspectDocument } from "../electron/services/documents/open-document.ts";
import type { Failure } from "../shared/failure.ts";
import { failureWords } from "../shared/messages/words.ts";
import { failed } from "../shared/result.ts";
import type { Result } from "../shared/result.ts";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { refusesOutput } from "../electron/services/policy/policy-rules.ts";
import { extendUnderPolicy } from "./arguments-under-policy.ts";
import { documentPassword } from "./document-password.ts";
import { proxiesOf } from "./environment-proxies.ts";
import { EXIT, UsageError } from "./exit-status.ts";
import { LEVELS } from "./level-argument.ts";
import type { LevelArgument } from "./level-argument.ts";
import { ownPolicy } from "./own-policy-place.ts";
import { makeOutputFolder, outputOf } from "./sign-output.ts";
import type { SignOutput } from "./sign-output.ts";
import { anchorsUnderPolicy } from "./trust-under-policy.ts";

/** As the command line gives them. */
export interface ExtendArguments {
  readonly level: Exclude<LevelArgument, "b">;
  readonly profile?: string;
  readonly tsa?: string;
  readonly documentPasswordEnv?: string;
  readonly trust: readonly string[];
  readonly out?: string;
  readonly json: boolean;
}

export interface ExtendSurroundings {
  readonly data: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
}

/** `sealdesk extend`: one result a file, in input order; a bad file never stops the rest. Resolves to the exit status. */
export async function extendCommand(
  files: readonly string[],
  given: ExtendArguments,
  { data, environment, print, tell }: ExtendSurroundings,
): Promise<number> {
  const policy = await ownPolicy(environment);
  const options = extendUnderPolicy(given, policy);
  const password = documentPassword(options.documentPasswordEnv, environment);
  const opened = await openParts(options, data, policy, proxiesOf(environment), tell);
  const stop = new AbortController();
  const onStop = (): void => stop.abort();
  process.once("SIGINT", onStop);
  try {
    const out = outputOf(options.out ?? null, files.length);
    let allReached = true;
    for (const file of files) {
      const source = resolve(file);
      const refusal = refusesOutput(policy, out.file ?? join(out.folder ?? dirname(source), basename(source)), source);
      const outcome =
        refusal === null
          ? await extendOne(source, LEVELS[options.level], out, { ...opened.parts, password }, stop.signal)
          : failed(refusal);
      allReached &&= outcome.ok && outcome.value.notice === null;
      print(options.json ? asJson(file, outcome) : asText(file, outcome));
    }
    return allReached ? EXIT.good : EXIT.notAllGood;
  } finally {
    process.removeListener("SIGINT", onStop);
    await opened.close();
  }
}

async function extendOne(
  source: string,
  level: ExtensionLevel,
  out: SignOutput,
  parts: ExtensionParts,
  signal: AbortSignal,
): Promise<Result<ExtendedDocument, Failure>> {
  const inspected = await inspectDocument(source, parts.password);
  if (!inspected.ok) {
    return inspected;
  }
  const problem = await makeOutputFolder(out);
  if (problem !== null) {
    return { ok: false, failure: problem };
  }
  const output =
    out.file === null
      ? ({ kind: "folder", path: out.folder ?? dirname(source) } as const)
      : ({ kind: "file", path: out.file } as const);
  return extendDocument(parts, { source, level, output, randomUuid: randomUUID, signal });
}

interface OpenedParts {
  readonly parts: ExtensionParts;
  readonly close: () => Promise<void>;
}

/** With `--profile sandbox` the practice services (running ones, or started for the time of the command). */
async function openParts(
  { profile, tsa, trust }: ExtendArguments,
  data: string,
  policy: PolicyInForce,
  resolveProxy: ProxyResolver,
  tell: (text: string) => void,
): Promise<OpenedParts> {
  if (profile !== undefined && profile !== "sandbox") {
    throw new UsageError(
      `--profile ${profile}: extending asks no provider; --profile sandbox is practice, else --tsa names the service`,
    );
  }
  if (profile === undefined && tsa === undefined) {
    throw new UsageError("extending needs a timestamp service: --tsa URL, or --profile sandbox for practice");
  }
  if (tsa !== undefined && !/^https?:$/u.test(URL.parse(tsa)?.protocol ?? "")) {
    throw new UsageError(`--tsa ${tsa}: not an http or https address`);
  }
  const anchors = await anchorsUnderPolicy(trust, policy);
  const transport = repeatingClient(createHttpClient({ resolveProxy }));
  const common = { transport, cache: new RevocationCache(), now: () => new Date() };
  if (profile === undefined) {
    return {
      parts: { ...common, timestampUrl: tsa ?? null, anchors, timestampAnchors: "none" },
      close: () => transport.close(),
    };
  }
  tell("Practice mode: these timestamps are not legally binding.");
  const practice = await connectPractice(join(data, "practice"));
  const roots = parseCertificates(Buffer.from(practice.trustAnchorsPem));
  return {
    parts: {
      ...common,
      timestampUrl: tsa ?? practice.timestampUrl,
      anchors: [...anchors, ...roots],
      timestampAnchors: tsa === undefined ? roots : "none",
    },
    close: async () => {
      await transport.close();
      await practice.close();
    },
  };
}

function asJson(file: string, outcome: Result<ExtendedDocument, Failure>): string {
  const failure = outcome.ok ? outcome.value.notice : outcome.failure;
  const [output, level] = outcome.ok ? [outcome.value.outputPath, outcome.value.level] : [null, null];
  // The code comes first, for programs; the sentences behind it are for people.
  const error = failure === null ? null : `${failure.code}: ${failureWords(failure).join(" ")}`;
  return JSON.stringify({ file, output, level, error });
}

function asText(file: string, outcome: Result<ExtendedDocument, Failure>): string {
  if (!outcome.ok) {
    return `${file}: not extended. ${failureWords(outcome.failure).join(" ")}`;
  }
  const { level, outputPath, notice } = outcome.value;
  const done = `${file}: extended, ${level}: ${outputPath}`;
  return notice === null ? done : `${done}. ${failureWords(notice).join(" ")}`;
}
