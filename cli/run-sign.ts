import { mkdir } from "node:fs/promises";
import type { SigningEnvironment } from "../electron/services/signing/signing-environment.ts";
import { UsageError } from "./exit-status.ts";
import { openCertificateEnvironment } from "./certificate-environment.ts";
import { signCommand } from "./sign-command.ts";
import { openPracticeEnvironment, openSigning } from "./sign-parts.ts";
import type { Opened } from "./sign-parts.ts";

/** As the command line gives them. */
export interface SignArguments {
  readonly provider: "itsme" | "certificate";
  readonly profile?: string;
  readonly level?: "b" | "t" | "lt" | "lta";
  readonly place?: string;
  readonly field?: string;
  readonly reason?: string;
  readonly out?: string;
  readonly json: boolean;
  readonly autoApprove: boolean;
  readonly phone?: string;
  readonly p12?: string;
  readonly passwordEnv?: string;
  readonly tsa?: string;
  readonly trust: readonly string[];
}

export interface SignSurroundings {
  readonly data: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
}

/** Opens what the asked provider needs, signs, and closes it again. */
export async function runSign(
  files: readonly string[],
  options: SignArguments,
  surroundings: SignSurroundings,
): Promise<number> {
  const { level } = options;
  if (level === "lt" || level === "lta") {
    throw new UsageError(`--level ${level} is not available in this version; b and t are`);
  }
  await mkdir(surroundings.data, { recursive: true, mode: 0o700 });
  const environment = await openEnvironment(options, surroundings);
  const signing = openSigning(surroundings.data, environment.value, surroundings.print, surroundings.tell);
  try {
    return await signCommand(
      files,
      {
        level: level ?? (environment.value.timestamp === null ? "b" : "t"),
        place: options.place ?? null,
        field: options.field ?? null,
        reason: options.reason ?? null,
        out: options.out ?? null,
        json: options.json,
      },
      signing.value,
    );
  } finally {
    await signing.close();
    await environment.close();
  }
}

async function openEnvironment(
  options: SignArguments,
  { data, environment, tell }: SignSurroundings,
): Promise<Opened<SigningEnvironment>> {
  if (options.provider === "certificate") {
    return openCertificateEnvironment(options, environment);
  }
  if (options.profile !== undefined && options.profile !== "sandbox") {
    throw new UsageError(`no profile ${options.profile} is set up; --profile sandbox is practice mode`);
  }
  if (options.profile === undefined) {
    throw new UsageError("no itsme profile is set up yet; --profile sandbox is practice mode");
  }
  tell("Practice mode: this signature is not legally binding.");
  return openPracticeEnvironment(data, options.autoApprove, options.phone ?? null);
}
