import type { FailureTexts } from "./failure-texts.ts";

/** The system's keychain, and what is sealed under its key. */
export const vaultFailures = {
  "app.keychain-unavailable": {
    what: "Access data are kept only until you quit.",
    why: "The system's keychain is not available, and Sealdesk does not store secrets anywhere else.",
    next: "Set up a keychain (on Linux: GNOME Keyring or KWallet), then choose “Try again” in Settings, Keychain.",
  },
  "app.keychain-locked": {
    what: "The keychain is locked.",
    why: "The passwords and keys that Sealdesk needs are sealed under a key in it, and it was not opened.",
    next: "Choose “Try again” in Settings, Keychain, and unlock the keychain when you are asked.",
  },
  "vault.key-lost": {
    what: "The stored passwords and keys cannot be opened any more.",
    why: "The keychain no longer has the key that they were sealed with: it was reset, or belongs to somebody else.",
    next: "Sign in as usual or restore the keychain and choose “Try again” in Settings, Keychain. If the key is gone for good, start afresh there and fill the secrets in again.",
  },
  "vault.damaged": {
    what: "The file of stored passwords and keys cannot be read.",
    why: "It is damaged, of a newer version of Sealdesk, or held by another program.",
    next: "Choose “Try again” in Settings, Keychain. If that does not help, start afresh there: the file is kept under another name.",
  },
  "vault.record-damaged": {
    what: "One stored secret is damaged.",
    why: "The others can be opened; this one was changed or cut in the file.",
    next: "Open the profile in the settings and fill its secrets in again.",
  },
  "vault.cannot-set-aside": {
    what: "The old file could not be set aside.",
    why: "It is held by another program, or the folder cannot be written. Nothing was changed.",
    next: "End other Sealdesk programs and check the disk, then try again.",
  },
  "vault.in-use": {
    what: "The access data are still needed.",
    why: "A signing that is not finished needs {{names}}. Without the secrets an approval could be lost.",
    next: "Finish or cancel what is under way first.",
  },
} as const satisfies Partial<FailureTexts>;

export const vaultMessages = {
  "vault.title": "Keychain and stored access data",
  "vault.help":
    "Passwords and keys of your profiles are sealed under one key, which lies in the system's keychain. Sealdesk never shows them and writes them nowhere else.",
  "vault.state.opening": "Waiting for the keychain. It may be asking for its password in another window.",
  "vault.state.usable": "The keychain is open.",
  "vault.state.locked": "The keychain is locked, so stored secrets cannot be used.",
  "vault.state.missing": "There is no keychain that can be used.",
  "vault.state.key-lost": "The key is not in the keychain any more, so stored secrets cannot be opened.",
  "vault.state.damaged": "The file of stored secrets cannot be read.",
  "vault.session-help": "What you fill in now is kept until Sealdesk ends, and stored as soon as the keychain answers.",
  "vault.stored_one": "{{count}} secret is stored.",
  "vault.stored_other": "{{count}} secrets are stored.",
  "vault.session_one": "{{count}} secret is kept until Sealdesk ends.",
  "vault.session_other": "{{count}} secrets are kept until Sealdesk ends.",
  "vault.try-again": "Try again",
  "vault.trying": "Asking the keychain…",
  "vault.still.locked": "The keychain is still locked.",
  "vault.still.missing": "Still no keychain answers.",
  "vault.still.key-lost": "The keychain answers, but does not have the key.",
  "vault.still.damaged": "The file still cannot be read.",
  "vault.still.opening": "The keychain has not answered yet.",
  "vault.still.usable": "The keychain is open.",
  "vault.needing": "These need their secrets again",
  "vault.needing-now": "These profiles keep their settings. Open each one and fill its secrets in.",
  "vault.needing-later":
    "When you start afresh, these profiles keep their settings, and their secrets have to be filled in again.",
  "vault.needing-runs_one": "{{count}} unfinished signing waits for it",
  "vault.needing-runs_other": "{{count}} unfinished signings wait for it",
  "vault.afresh": "Start afresh…",
  "vault.afresh-help":
    "The old file is set aside, not deleted, and a new key is made. Should the old key come back, the old file can be put back.",
  "vault.afresh-sure": "Set the old file aside and begin with a new key?",
  "vault.afresh-do": "Start afresh",
  "vault.afresh-done": "There is a new key. The old file is now called {{name}}, in Sealdesk's data folder.",
  "vault.renew": "Renew the key",
  "vault.renew-help": "Seals everything under a new key, for example after somebody else has had this computer.",
  "vault.renewing": "Sealing everything under a new key…",
  "vault.renewed_one": "{{count}} secret is sealed under a new key; the old key is deleted.",
  "vault.renewed_other": "{{count}} secrets are sealed under a new key; the old key is deleted.",
  "vault.incomplete": "The old key could not be deleted yet. That is tried again at the next start.",
  "vault.remove": "Remove all stored access data…",
  "vault.remove-help":
    "Deletes all secrets of all profiles, and the key that they were sealed with. The profiles' settings stay.",
  "vault.remove-sure": "Remove the secrets of all profiles? They would have to be filled in again.",
  "vault.remove-do": "Remove all",
  "vault.removed": "All stored access data are removed.",
  "vault.outcome": "What came of it",
  "vault.fill-in": "Fill in…",
  "vault.fill-in-named": "Fill in the secrets of {{provider}} profile {{name}}",
  "vault.profile-session": "Its secrets are kept until Sealdesk ends.",
  "vault.profile-locked": "Its secrets cannot be opened now: the keychain is locked.",
  "vault.open-settings": "Open settings",
} as const;
