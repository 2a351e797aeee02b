import type { ProviderId } from "../../../shared/ids.ts";
import { PROFILE_NAME } from "../../../shared/profiles.ts";
import type { FieldProblem, FormField, FormValues, SecretChange, SecretMark } from "../../../shared/profiles.ts";
import { PRACTICE_PROFILE } from "../../storage/profiles.ts";
import type { StoredProfile } from "../../storage/profiles.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";
import type { CertificateImports } from "./certificate-imports.ts";
import { keyBytes, missingFields, secretProblem } from "./form-problems.ts";
import { isSecret, shownFields } from "../../../shared/profile-form.ts";
import { settingsOf, valueAt } from "./form-values.ts";
import type { SettingsTree } from "./form-values.ts";
import { isTree, storedIds } from "./profile-secrets.ts";
import type { ProviderSetup } from "./provider-setup.ts";
import { encodedIdentity, encodedText } from "./secret-lender.ts";

/** A profile as a form has it: values in sight, and what happens to its secrets. */
export interface ProfileDraft {
  readonly provider: ProviderId;
  readonly name: string;
  readonly isNew: boolean;
  readonly values: FormValues;
  /** "later": the profile names the secret, which is put into the vault another time or given with each command. */
  readonly secrets: Readonly<Record<string, SecretChange | LaterSecret>>;
  /** Settings that stand below the values, for what the form does not know. Absent: those of the profile as it was. */
  readonly below?: SettingsTree;
}

export interface LaterSecret {
  readonly kind: "later";
}

type Imports = Pick<CertificateImports, "get">;

/** What can be said before the settings' own schema is asked. `isTaken`: another profile has the name. */
export function draftProblems(
  setup: ProviderSetup,
  draft: ProfileDraft,
  before: StoredProfile | null,
  { isTaken, imports }: { readonly isTaken: boolean; readonly imports: Imports },
): readonly FieldProblem[] {
  const there = new Set(Object.keys(storedIds(setup, before)));
  const wrong: FieldProblem[] = [];
  for (const field of shownFields(setup.form, draft.values).filter(isSecret)) {
    const change = draft.secrets[field.name];
    if (change?.kind === "none") {
      there.delete(field.name);
    } else if (change !== undefined && fits(field, change)) {
      there.add(field.name);
      const problem = changeProblem(field, change, imports);
      wrong.push(...(problem === null ? [] : [problem]));
    }
  }
  return [...nameProblems(draft.name, isTaken), ...wrong, ...missingFields(setup.form, draft.values, there)];
}

function nameProblems(name: string, isTaken: boolean): readonly FieldProblem[] {
  if (name === "") {
    return [{ field: "name", sentence: "profile.missing.text" }];
  }
  if (!PROFILE_NAME.test(name) || name === PRACTICE_PROFILE) {
    return [{ field: "name", sentence: "profile.wrong.name" }];
  }
  return isTaken ? [{ field: "name", sentence: "profile.wrong.name-taken" }] : [];
}

const fits = ({ kind }: FormField, change: SecretChange | LaterSecret): boolean =>
  change.kind === "later" || change.kind === (kind === "secret" ? "text" : "imported");

function changeProblem(field: FormField, change: SecretChange | LaterSecret, imports: Imports): FieldProblem | null {
  if (change.kind === "text" && field.kind === "secret") {
    const sentence = secretProblem(field.format, change.value);
    return sentence === null ? null : { field: field.name, sentence };
  }
  return change.kind === "imported" && imports.get(change.id) === undefined
    ? { field: field.name, sentence: "profile.wrong.import-gone" }
    : null;
}

export interface PreparedDraft {
  readonly settings: SettingsTree;
  readonly marks: Readonly<Record<string, SecretMark>>;
  /** Vault ids of the new secrets. */
  readonly added: readonly string[];
  /** Puts the new secrets away and overwrites them here. Says how long the vault will have them. */
  readonly putInto: (vault: SecretVault) => Promise<"stored" | "session-only">;
  readonly wipe: () => void;
}

/** Settings as they would be, with ids for new secrets; the secrets themselves wait to be put into a vault. */
export function prepareDraft(
  setup: ProviderSetup,
  draft: ProfileDraft,
  before: StoredProfile | null,
  { prefix, newId, imports }: { readonly prefix: string; readonly newId: () => string; readonly imports: Imports },
): PreparedDraft {
  const ids = new Map(Object.entries(storedIds(setup, before)));
  const marks = new Map(Object.entries(before?.marks ?? {}));
  const added = new Map<string, Uint8Array>();
  for (const field of shownFields(setup.form, draft.values).filter(isSecret)) {
    const change = draft.secrets[field.name];
    const made = change === undefined || change.kind === "later" ? null : secretOf(field, change, imports);
    if (change?.kind === "none") {
      ids.delete(field.name);
    } else if (change?.kind === "later") {
      ids.set(field.name, ids.get(field.name) ?? `${prefix}/${field.name}/${newId()}`);
    } else if (made !== null) {
      // A new id each time: until the profile names it, the old secret is what it has.
      const id = `${prefix}/${field.name}/${newId()}`;
      added.set(id, made.bytes);
      ids.set(field.name, id);
      marks.set(field.name, made.mark);
    }
  }
  const base = draft.below ?? (isTree(before?.settings) ? before.settings : {});
  const settings = settingsOf(setup.form, base, draft.values, Object.fromEntries(ids));
  const wipe = (): void => added.forEach((bytes) => bytes.fill(0));
  return {
    settings,
    marks: Object.fromEntries([...marks].filter(([name]) => typeof valueAt(settings, name) === "string")),
    added: [...added.keys()],
    wipe,
    putInto: async (vault) => {
      let kept: "stored" | "session-only" = "stored";
      try {
        for (const [id, bytes] of added) {
          kept = (await vault.put(id, bytes)) === "session-only" ? "session-only" : kept;
        }
      } finally {
        wipe();
      }
      return kept;
    },
  };
}

export interface NewSecret {
  readonly bytes: Uint8Array;
  readonly mark: SecretMark;
}

/** Null: the change is none for this kind of field. */
export function secretOf(field: FormField, change: SecretChange, imports: Imports): NewSecret | null {
  if (change.kind === "text" && field.kind === "secret") {
    const bytes = field.format === "aes-256" ? keyBytes(change.value) : encodedText(change.value);
    return bytes === null ? null : { bytes, mark: { kind: "text" } };
  }
  const read = change.kind === "imported" && field.kind === "client-certificate" ? imports.get(change.id) : undefined;
  return read === undefined
    ? null
    : { bytes: encodedIdentity(read.identity), mark: { kind: "client-certificate", facts: read.facts } };
}
