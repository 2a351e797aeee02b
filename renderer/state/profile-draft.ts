import type { CertificateFacts } from "../../shared/app-state.ts";
import type { ProviderId } from "../../shared/ids.ts";
import { fieldsOf, isSecret, usualValue } from "../../shared/profile-form.ts";
import type {
  ChosenAuthority,
  EnvironmentKind,
  FieldProblem,
  FormField,
  FormValues,
  ImportedCertificate,
  ProfileForm,
  ProfileView,
  SecretChange,
  SecretMark,
} from "../../shared/profiles.ts";

/**
 * A profile as it stands in the form. SECURITY: secrets that are typed are not part of it: they stay in their input elements
 * and are read there once, when the profile is saved or tried.
 */
export interface ProfileDraft {
  readonly provider: ProviderId;
  readonly name: string;
  readonly isNew: boolean;
  readonly values: FormValues;
  /** Whose the certificates of a field are, in the order of its value. */
  readonly certificates: Readonly<Record<string, readonly CertificateFacts[]>>;
  /** What is stored. */
  readonly stored: Readonly<Record<string, SecretMark>>;
  readonly missing: readonly string[];
  /** Stored secrets that a new one is being typed for. */
  readonly replacing: readonly string[];
  /** Stored secrets that are to go. */
  readonly dropping: readonly string[];
  readonly imported: Readonly<Record<string, ImportedCertificate>>;
}

export function newDraft(form: ProfileForm, takenNames: readonly string[]): ProfileDraft {
  const fields = fieldsOf(form).filter((field) => !isSecret(field));
  return {
    provider: form.provider,
    name: freeName(takenNames),
    isNew: true,
    values: Object.fromEntries(fields.map((field) => [field.name, usualValue(field)])),
    certificates: {},
    stored: {},
    missing: [],
    replacing: [],
    dropping: [],
    imported: {},
  };
}

export function draftOf(profile: ProfileView): ProfileDraft {
  return {
    provider: profile.provider,
    name: profile.name,
    isNew: false,
    values: profile.values,
    certificates: profile.certificates,
    stored: profile.secrets,
    missing: profile.missing,
    replacing: [],
    dropping: [],
    imported: {},
  };
}

/** A name that says something and is not taken; the person may type another. */
function freeName(taken: readonly string[]): string {
  const isFree = (name: string): boolean => !taken.some((other) => other.toLowerCase() === name.toLowerCase());
  const first = "Main";
  if (isFree(first)) return first;
  for (let number = 2; ; number += 1) {
    if (isFree(`${first} ${number}`)) return `${first} ${number}`;
  }
}

export const withValue = (draft: ProfileDraft, field: string, value: FormValues[string]): ProfileDraft => ({
  ...draft,
  values: { ...draft.values, [field]: value },
});

export function withAuthorities(draft: ProfileDraft, field: string, chosen: readonly ChosenAuthority[]): ProfileDraft {
  const pems = pemsOf(draft, field);
  const added = chosen.filter(({ pem }) => !pems.includes(pem));
  return {
    ...withValue(draft, field, [...pems, ...added.map(({ pem }) => pem)]),
    certificates: {
      ...draft.certificates,
      [field]: [...(draft.certificates[field] ?? []), ...added.map(({ facts }) => facts)],
    },
  };
}

export function withoutAuthority(draft: ProfileDraft, field: string, index: number): ProfileDraft {
  const others = <T>(list: readonly T[]): readonly T[] => list.filter((_, at) => at !== index);
  return {
    ...withValue(draft, field, others(pemsOf(draft, field))),
    certificates: { ...draft.certificates, [field]: others(draft.certificates[field] ?? []) },
  };
}

export function pemsOf({ values }: ProfileDraft, field: string): readonly string[] {
  const value = values[field];
  return typeof value === "object" ? value : [];
}

/** A new secret is wanted for a field that has one, or not any more. */
export const withReplacing = (draft: ProfileDraft, field: string, wanted: boolean): ProfileDraft => ({
  ...draft,
  dropping: without(draft.dropping, field),
  replacing: wanted ? [...without(draft.replacing, field), field] : without(draft.replacing, field),
});

export const withDropping = (draft: ProfileDraft, field: string, wanted: boolean): ProfileDraft => ({
  ...draft,
  replacing: without(draft.replacing, field),
  dropping: wanted ? [...without(draft.dropping, field), field] : without(draft.dropping, field),
  imported: Object.fromEntries(Object.entries(draft.imported).filter(([name]) => name !== field)),
});

export const withImported = (draft: ProfileDraft, field: string, certificate: ImportedCertificate): ProfileDraft => ({
  ...draft,
  dropping: without(draft.dropping, field),
  imported: { ...draft.imported, [field]: certificate },
});

const without = (list: readonly string[], field: string): readonly string[] => list.filter((name) => name !== field);

/** A field shows that its secret is stored, and no input for it. */
export const showsStored = ({ stored, missing, replacing, dropping }: ProfileDraft, field: string): boolean =>
  stored[field] !== undefined && !missing.includes(field) && !replacing.includes(field) && !dropping.includes(field);

/** What is sent along with the values. `typed`: what stands in the inputs of secrets, by field; an empty one is none. */
export function secretChanges(
  draft: ProfileDraft,
  typed: ReadonlyMap<string, string>,
): Readonly<Record<string, SecretChange>> {
  const changes = new Map<string, SecretChange>();
  for (const field of draft.dropping) {
    if (draft.stored[field] !== undefined) changes.set(field, { kind: "none" });
  }
  for (const [field, value] of typed) {
    if (value !== "") changes.set(field, { kind: "text", value });
  }
  for (const [field, { id }] of Object.entries(draft.imported)) {
    changes.set(field, { kind: "imported", id });
  }
  return Object.fromEntries(changes);
}

export const problemOf = (problems: readonly FieldProblem[], field: string): FieldProblem | null =>
  problems.find((problem) => problem.field === field) ?? null;

export function environmentOf({ values }: ProfileDraft): EnvironmentKind {
  const value = values["environment"];
  return value === "production" || value === "sandbox" ? value : "test";
}

/** Whether a section has something that the person has to look at. */
export const hasProblem = (fields: readonly FormField[], problems: readonly FieldProblem[]): boolean =>
  fields.some(({ name }) => problemOf(problems, name) !== null);
