import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { CertificateChoice, CertificateFacts } from "../../../shared/app-state.ts";
import type { EnvironmentKind } from "../../../shared/profiles.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { nameValue } from "../../pki/name.ts";
import type { Name } from "../../pki/name.ts";
import { OID } from "../../pki/oids.ts";
import { certificateSettingSchema } from "../../storage/settings.ts";
import type { CertificateSetting, Settings } from "../../storage/settings.ts";

/** Names the practice profile in the journal, for every provider. */
const PRACTICE = "sandbox";
const FILE = "file:";
const TOKEN = "token:";

/** How the journal names the certificate of a run: the same one is asked for again after a restart. */
export function profileOf(setting: CertificateSetting): string {
  switch (setting.kind) {
    case "practice":
      return PRACTICE;
    case "file":
      return `${FILE}${setting.path}`;
    case "token":
      return `${TOKEN}${JSON.stringify(setting)}`;
  }
}

/** The certificate that a run's profile names, with what the settings know of it; null: no such profile. */
export function settingOf(profile: string, settings: Settings): CertificateSetting | null {
  if (profile === PRACTICE) {
    return { kind: "practice" };
  }
  if (profile.startsWith(TOKEN)) {
    return tokenSetting(profile.slice(TOKEN.length));
  }
  if (!profile.startsWith(FILE)) {
    return null;
  }
  const path = profile.slice(FILE.length);
  const chosen = settings.certificate;
  return chosen?.kind === "file" && chosen.path === path ? chosen : { kind: "file", path, known: null };
}

function tokenSetting(text: string): CertificateSetting | null {
  try {
    return certificateSettingSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Signing with somebody's own certificate is no practice, whatever else is. */
export function certificateKind({ certificate }: Pick<Settings, "certificate">): EnvironmentKind {
  return certificate === null || certificate.kind === "practice" ? "sandbox" : "production";
}

/** Where a run's certificate led, by its name in the journal. */
export const kindOfCertificateProfile = (profile: string): EnvironmentKind =>
  profile === PRACTICE ? "sandbox" : "production";

/** What the window may know: names, no path. */
export function choiceView(setting: Settings["certificate"]): CertificateChoice | null {
  if (setting === null) {
    return null;
  }
  if (setting.kind === "practice") {
    return { kind: "practice", name: "", facts: null };
  }
  if (setting.kind === "token") {
    return { kind: "token", name: setting.label, facts: setting.facts };
  }
  return { kind: "file", name: basename(setting.path), facts: factsOf(setting.known) };
}

export function factsOf(known: CertificateFacts | null): CertificateFacts | null {
  return known === null ? null : { subject: known.subject, issuer: known.issuer, validUntil: known.validUntil };
}

export function describeCertificate({ subject, issuer, notAfter }: Certificate): CertificateFacts {
  return { subject: shownName(subject), issuer: shownName(issuer), validUntil: notAfter.toISOString() };
}

function shownName(name: Name): string {
  return nameValue(name, OID.commonName) ?? nameValue(name, OID.organization) ?? "";
}

/** Tells whether a file is still the one that was opened; "" when it is gone. */
export async function certificateFingerprint(path: string): Promise<string> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return `${size} ${mtimeMs} ${ino}`;
  } catch {
    return "";
  }
}
