import { judgeNavigation } from "./provider-navigation.ts";
import type { ProviderPagePolicy } from "../../providers/provider.ts";

/** What Electron says of a request or a check. Media: which devices; a check names one, a request several. */
export interface PermissionDetails {
  readonly requestingUrl?: string | undefined;
  readonly mediaTypes?: readonly string[] | undefined;
  readonly mediaType?: string | undefined;
}

/**
 * SECURITY: a list of what is allowed, never of what is not: new names of permissions come with every Electron. Camera and
 * microphone only, where the provider needs them, and only for pages of its own.
 */
export function grantsPermission(permission: string, details: PermissionDetails, policy: ProviderPagePolicy): boolean {
  const wanted = details.mediaTypes ?? (details.mediaType === undefined ? [] : [details.mediaType]);
  return (
    permission === "media" &&
    wanted.length > 0 &&
    wanted.every((type) => policy.permissions.some((granted) => DEVICES[granted] === type)) &&
    judgeNavigation(details.requestingUrl ?? "", policy) === "load"
  );
}

const DEVICES: Readonly<Record<ProviderPagePolicy["permissions"][number], string>> = {
  camera: "video",
  microphone: "audio",
};
