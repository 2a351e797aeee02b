import type { ProviderId } from "../../shared/ids.ts";
import { text } from "./text.ts";

/** As part of a sentence ("Sign with …"). */
export function providerName(provider: ProviderId): string {
  return text(`provider.${provider}`);
}

/** On its own, in a list of providers. */
export function providerChoiceName(provider: ProviderId): string {
  return provider === "certificate" ? text("provider.choice.certificate") : providerName(provider);
}
