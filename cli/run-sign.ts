import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Certification } from "../shared/certification.ts";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import type { SigningEnvironment, SigningEnvironments } from "../electron/services/signing/signing-environment.ts";
import { PRACTICE_PROFILE } from "../electron/storage/profiles.ts";
import { documentPassword } from "./document-password.ts";
import { proxiesOf } from "./environment-proxies.ts";
import { ownPolicy } from "./own-policy-place.ts";
import { argumentsUnderPolicy } from "./arguments-under-policy.ts";
import { CannotStart, UsageError } from "./exit-status.ts";
import { orderDetails } from "./order-options.ts";
import type { OrderArguments } from "./order-options.ts";
import { TerminalCode } from "./terminal-code.ts";
import type { Terminal } from "./terminal-code.ts";
import type { QrInteraction } from "../shared/interaction.ts";
import { selfieFile } from "./selfie-file.ts";
import { outputOf } from "./sign-output.ts";
import { terminalQuestion } from "./terminal-question.ts";
import { finishEarlier } from "./finish-earlier.ts";
import type { LevelArgument } from "./level-argument.ts";
import { chooseMarks, tidyPictures } from "./mark-options.ts";
import type { ChosenMarks, MarkArguments } from "./mark-options.ts";
import { openCertificateEnvironment } from "./certificate-environment.ts";
import { openProfileEnvironment } from "./profile-environment.ts";
import { hasSecretArguments } from "./secret-sources.ts";
import type { SecretArguments } from "./secret-sources.ts";
import { signCommand } from "./sign-command.ts";
import { openPracticeEnvironment, openSigning } from "./sign-parts.ts";
import type { Opened } from "./sign-parts.ts";

/** As the command line gives them. */
export interface SignArguments extends MarkArguments, OrderArguments, SecretArguments {
  readonly provider: "itsme" | "idnow" | "bankid" | "fourthline" | "certificate";
  readonly profile?: string;
  readonly level?: LevelArgument;
  readonly place?: string;
  readonly field?: string;
  readonly reason?: string;
  readonly certify: Certification | "none";
  readonly lockFields: boolean;
  readonly location?: string;
  readonly out?: string;
  readonly json: boolean;
  readonly autoApprove: boolean;
  readonly phone?: string;
  readonly p12?: string;
  readonly passwordEnv?: string;
  readonly pkcs11?: string;
  readonly token?: string;
  readonly certificate?: string;
  readonly pinEnv?: string;
  readonly digest?: string;
  readonly pss: boolean;
  readonly documentPasswordEnv?: string;
  readonly tsa?: string;
  readonly trust: readonly string[];
}

export interface SignSurroundings {
  readonly data: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
  /** Where a code for a phone is drawn. */
  readonly terminal: Terminal;
}

/** Opens what the asked provider needs, signs, and closes it again. */
export async function runSign(
  files: readonly string[],
  given: SignArguments,
  surroundings: SignSurroundings,
): Promise<number> {
  const policy = await ownPolicy(surroundings.environment);
  const options = argumentsUnderPolicy(given, policy);
  checkArguments(options);
  await mkdir(surroundings.data, { recursive: true, mode: 0o700 }).catch(() => {
    throw new CannotStart("the folder for the program's own data cannot be made");
  });
  const password = documentPassword(options.documentPasswordEnv, surroundings.environment);
  orderDetails(options.provider, options);
  const selfie = await selfieFile(options.selfie);
  const marks = await chooseMarks(options, surroundings.data);
  const environment = await openEnvironment(options, surroundings, policy);
  try {
    return await signWith(files, { ...options, marks, picture: selfie }, environment, password, surroundings, policy);
  } finally {
    await environment.close();
  }
}

/** What can be told from the arguments alone. */
function checkArguments({ provider, level, tsa, autoApprove, digest, pss, ...given }: SignArguments): void {
  if (provider !== "certificate" && (digest !== undefined || pss)) {
    throw new UsageError("--digest and --pss go with --provider certificate");
  }
  const drawn = [given.preset, given.text, given.date, given.image, given.layout, given.qr];
  if (given.place === undefined && given.field === undefined && drawn.some((option) => option !== undefined)) {
    throw new UsageError("the mark has no place: --place PAGE,X,Y,WIDTH,HEIGHT or --field NAME says where it goes");
  }
  if (provider === "certificate" && level !== undefined && level !== "b" && tsa === undefined) {
    throw new UsageError(`--level ${level} needs a timestamp service: --tsa URL`);
  }
  if (tsa !== undefined && !/^https?:$/u.test(URL.parse(tsa)?.protocol ?? "")) {
    throw new UsageError(`--tsa ${tsa}: not an http or https address`);
  }
  if (hasSecretArguments(given) && (provider === "certificate" || given.profile === PRACTICE_PROFILE)) {
    throw new UsageError("--secret-env, --secret-file and --secret-password-env go with a profile of your own");
  }
  if (provider === "certificate" && autoApprove) {
    throw new UsageError("--auto-approve is for practice mode only");
  }
}

/** `others`: what earlier commands may have been begun with. */
type OpenedEnvironment = Opened<SigningEnvironment> & { readonly others?: SigningEnvironments["get"] };

type ChosenOptions = SignArguments & {
  readonly marks: ChosenMarks;
  /** Of the signer's face. */
  readonly picture: Uint8Array<ArrayBuffer> | null;
};

async function signWith(
  files: readonly string[],
  options: ChosenOptions,
  { value: environment, others }: OpenedEnvironment,
  password: string | undefined,
  { data, print, tell, terminal }: SignSurroundings,
  policy: PolicyInForce,
): Promise<number> {
  const { marks, deleteAtProvider, acceptConditions, picture: selfie } = options;
  const details = orderDetails(options.provider, options, environment.bankid);
  const code = new TerminalCode(terminal);
  const talk = {
    print,
    tell,
    ask: terminalQuestion(),
    showCode: (interaction: QrInteraction) => code.show(interaction),
    deleteAtProvider,
    playsPerson: options.autoApprove,
    acceptConditions,
    selfie,
  };
  const folder = resultsFolder(files, options.out ?? null);
  const signing = openSigning(data, environment, password, policy, { ...talk, folder, others });
  try {
    // First: a run that is resumed counts as being at work, and what its trail lacks would stay away.
    signing.tidy();
    await finishEarlier(signing.value);
    tidyPictures(data, signing.unfinished(), marks, Date.now());
    return await signCommand(
      files,
      {
        level: options.level ?? (environment.timestamp === null ? "b" : "t"),
        place: options.place ?? null,
        field: options.field ?? null,
        reason: options.reason ?? null,
        certification: options.certify === "none" ? null : options.certify,
        lockFields: options.lockFields,
        evidencePage: options.evidencePage,
        location: options.location ?? null,
        marks,
        out: options.out ?? null,
        json: options.json,
        details,
      },
      signing.value,
    );
  } finally {
    await signing.close();
  }
}

/** Where a file goes that belongs to all of the documents. */
function resultsFolder(files: readonly string[], out: string | null): string {
  const { folder, file } = outputOf(out, files.length);
  return folder ?? dirname(file ?? resolve(files[0] ?? "."));
}

async function openEnvironment(
  options: SignArguments,
  surroundings: SignSurroundings,
  policy: PolicyInForce,
): Promise<OpenedEnvironment> {
  const { data, environment, tell } = surroundings;
  if (options.provider === "certificate") {
    return openCertificateEnvironment(options, environment, policy);
  }
  if (options.profile !== PRACTICE_PROFILE) {
    return openProfileEnvironment(options.provider, options, surroundings, policy);
  }
  tell("Practice mode: this signature is not legally binding.");
  const { provider, autoApprove, phone } = options;
  return openPracticeEnvironment(data, { provider, autoApprove, phone: phone ?? null }, proxiesOf(environment));
}
