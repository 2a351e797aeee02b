import type { ProviderId } from "../../shared/ids.ts";
import { text } from "./text.ts";

export function providerName(provider: ProviderId): string {
  return text(`provider.${provider}`);
}
