import type { ProviderView, SettingsView } from "../../shared/app-state.ts";

/** The settings as they can be met now: a level that nobody can reach becomes the one that everybody can. */
export function signingSettings(settings: SettingsView, provider: ProviderView | undefined): SettingsView {
  const offered = provider?.levels ?? [];
  if (offered.length === 0 || offered.includes(settings.level)) return settings;
  // A provider that signs by itself may offer a timestamp only.
  return { ...settings, level: offered.includes("B-B") ? "B-B" : (offered[0] ?? "B-B") };
}
