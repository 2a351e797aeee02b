import type { CertificateFacts, ProviderView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { CertificateSetting, Settings } from "../../storage/settings.ts";
import type { Practice } from "../application/practice.ts";
import {
  certificateFingerprint,
  certificateKind,
  describeCertificate,
  factsOf,
  profileOf,
  settingOf,
} from "./certificate-choice.ts";
import { certificateFileEnvironment, tokenEnvironment } from "./certificate-environment.ts";
import type { LocalEnvironment } from "./certificate-environment.ts";
import { anchorsOf } from "./practice/practice-anchors.ts";
import { NO_CHOICES } from "./provider-views.ts";
import type { SigningEnvironment } from "./signing-environment.ts";

export interface CertificateParts {
  readonly settings: () => Settings;
  readonly network: HttpClientOptions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A file was opened: whose certificate it holds is remembered, so that it can be shown before the next signing. */
  readonly onKnown: (path: string, known: CertificateFacts & { readonly fingerprint: string }) => void;
  /** Whom opened documents are judged against. */
  readonly trustAnchors: () => Promise<readonly Certificate[]>;
}

const MAXIMUM_DOCUMENTS = 5_000;

/** The local certificate that is chosen now, or the one that a run was begun with (`profile`). */
export async function certificateEnvironment(
  parts: CertificateParts,
  practice: Practice,
  profile: string | null,
): Promise<Result<SigningEnvironment, Failure>> {
  const settings = parts.settings();
  const setting = profile === null ? settings.certificate : settingOf(profile, settings);
  if (setting === null) {
    return failed({ code: "certificate.not-chosen" });
  }
  switch (setting.kind) {
    case "practice":
      return practiceFile(parts, practice);
    case "file":
      return ownFile(parts, setting, profile === null);
    case "token": {
      const { facts } = setting;
      const refusal = profile === null ? expired(facts, parts.now()) : null;
      return refusal === null ? success(tokenEnvironment(await own(parts, setting, facts), setting)) : failed(refusal);
    }
  }
}

/** Somebody's own certificate: no practice, and the timestamp service that the settings name. */
async function own(
  { settings, network, trustAnchors }: CertificateParts,
  setting: CertificateSetting,
  facts: CertificateFacts | null,
): Promise<LocalEnvironment> {
  const { timestampUrl } = settings();
  return {
    profile: profileOf(setting),
    practice: false,
    facts,
    timestampUrl,
    timestampAnchors: "none",
    // SECURITY: with practice roots among them only where an opened document may be judged against these, too.
    trustAnchors: await trustAnchors(),
    network,
  };
}

/** Told before anybody types a password. A run that was begun says it at its own step. */
function expired(facts: CertificateFacts | null, now: number): Failure | null {
  return facts !== null && Date.parse(facts.validUntil) < now
    ? { code: "certificate.expired", params: { until: facts.validUntil } }
    : null;
}

async function practiceFile(
  { network }: CertificateParts,
  practice: Practice,
): Promise<Result<SigningEnvironment, Failure>> {
  const environment = await practice.environment();
  if (!environment.ok) {
    return environment;
  }
  const sandbox = environment.value;
  const anchors = anchorsOf(sandbox);
  return success(
    certificateFileEnvironment({
      profile: profileOf({ kind: "practice" }),
      practice: true,
      path: sandbox.certificatePath,
      practicePassword: sandbox.certificatePassword,
      facts: null,
      timestampUrl: sandbox.timestampUrl,
      timestampAnchors: anchors,
      trustAnchors: anchors,
      network,
      onOpened: () => undefined,
    }),
  );
}

async function ownFile(
  parts: CertificateParts,
  setting: Extract<CertificateSetting, { kind: "file" }>,
  isNew: boolean,
): Promise<Result<SigningEnvironment, Failure>> {
  const { path, known } = setting;
  const fingerprint = await certificateFingerprint(path);
  const facts = known?.fingerprint === fingerprint ? factsOf(known) : null;
  const refusal = isNew ? expired(facts, parts.now()) : null;
  if (refusal !== null) {
    return failed(refusal);
  }
  const onOpened = ([leaf]: readonly Certificate[]): void => {
    if (leaf !== undefined) {
      parts.onKnown(path, { ...describeCertificate(leaf), fingerprint });
    }
  };
  return success(
    certificateFileEnvironment({
      ...(await own(parts, setting, facts)),
      path,
      practicePassword: null,
      onOpened,
    }),
  );
}

/** What the window offers; it does not need the sandbox. */
export function certificateView(settings: Settings): ProviderView {
  const practises = settings.certificate?.kind === "practice";
  const timestamps = practises || settings.timestampUrl !== null;
  return {
    id: "certificate",
    available: true,
    takes: "hash",
    maximumDocuments: MAXIMUM_DOCUMENTS,
    levels: timestamps ? ["B-B", "B-T", "B-LT", "B-LTA"] : ["B-B"],
    ...NO_CHOICES,
    environment: certificateKind(settings),
    profile: null,
    problem: null,
  };
}
