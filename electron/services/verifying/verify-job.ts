import type { FileReport } from "../../../shared/verification.ts";
import { openOptions } from "../../pdf/open-pdf.ts";
import { type Certificate, parseCertificate } from "../../pki/certificate.ts";
import type { RevocationPolicy } from "../../verify/unknown-revocation.ts";
import type { ValidationNetwork } from "../../verify/validation-network.ts";
import { verifyFile } from "../../verify/verify-file.ts";

/** What many files are judged by. Plain data: it goes to other threads. */
export interface VerifySettings {
  /** DER of the certificates trusted as they are. */
  readonly trustAnchors: readonly Uint8Array[];
  /** DER of the roots that persons with BankID are judged against. */
  readonly bankIdRoots?: readonly Uint8Array[];
  /** ISO 8601; the time that validity is judged at. Null: the time of each check. */
  readonly at: string | null;
  readonly revocation?: RevocationPolicy;
  /** How the network may be asked; null: no socket is opened. */
  readonly online: Pick<ValidationNetwork, "fetchIssuers" | "timeLimitMilliseconds"> | null;
  /** Add what the window shows beyond verdict and reasons. */
  readonly details?: boolean;
}

export const onlineSettings = ({
  fetchIssuers,
  timeLimitMilliseconds,
}: ValidationNetwork): NonNullable<VerifySettings["online"]> => ({
  fetchIssuers,
  ...(timeLimitMilliseconds === undefined ? {} : { timeLimitMilliseconds }),
});

/** What concerns one file. */
export interface VerifyJob {
  readonly path: string;
  readonly password?: string;
}

export interface VerifyControl {
  readonly signal?: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** Judges files by the same settings, wherever that happens. */
export interface Judge {
  readonly judge: (job: VerifyJob, control?: VerifyControl) => Promise<FileReport>;
  readonly close: () => Promise<void>;
}

/**
 * Judges in this thread: for a few small files, which are done before a worker has started.
 * `network` null: nothing is asked, whatever the settings say.
 */
export function judgeHere(
  settings: VerifySettings,
  network: Pick<ValidationNetwork, "transport" | "cache" | "now"> | null,
): Judge {
  const trustAnchors: readonly Certificate[] = settings.trustAnchors.map(parseCertificate);
  const bankIdRoots = (settings.bankIdRoots ?? []).map(parseCertificate);
  const online = network === null || settings.online === null ? {} : { network: { ...network, ...settings.online } };
  const revocation = settings.revocation === undefined ? {} : { revocation: settings.revocation };
  return {
    judge: ({ path, password }, control = {}) =>
      verifyFile(path, {
        trustAnchors,
        bankIdRoots,
        at: settings.at === null ? new Date() : new Date(settings.at),
        details: settings.details === true,
        ...revocation,
        ...online,
        ...openOptions(password),
        ...control,
      }),
    close: async () => undefined,
  };
}
