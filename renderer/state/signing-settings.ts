import type { ProviderView, SettingsView } from "../../shared/app-state.ts";

/** The settings as they can be met now: a level that nobody can reach becomes the one that everybody can. */
export function signingSettings(settings: SettingsView, provider: ProviderView | undefined): SettingsView {
  const offered = provider?.levels ?? [];
  return offered.length === 0 || offered.includes(settings.level) ? settings : { ...settings, level: "B-B" };
}
