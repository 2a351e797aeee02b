import type { CertificateFacts } from "../../../shared/app-state.ts";
import { failed, success } from "../../../shared/result.ts";
import type { SettingsStore } from "../../storage/settings.ts";
import type { TokenOffers } from "../signing/token-offers.ts";
import type { ApplicationPorts } from "../ports.ts";
import type { ChangeSettings } from "./change-settings.ts";
import type { HandlersOf } from "./command-handlers.ts";

export interface CertificateCommandParts {
  readonly ports: Pick<ApplicationPorts, "dialogs">;
  readonly tokens: TokenOffers;
  readonly change: ChangeSettings;
}

/** Which local certificate is signed with. What is remembered is where it is, never its password. */
export function certificateCommands({ ports, tokens, change }: CertificateCommandParts): HandlersOf<"certificate"> {
  return {
    "certificate.chooseFile": async () => {
      const path = await ports.dialogs.chooseCertificate();
      // A dialog that was closed changes nothing.
      if (path !== null) {
        change({ certificate: { kind: "file", path, known: null } });
      }
      return success(null);
    },
    "certificate.usePractice": async () => {
      change({ certificate: { kind: "practice" } });
      return success(null);
    },
    "certificate.listTokens": async () => success(await tokens.list()),
    "certificate.useToken": async ({ id }) => {
      const certificate = tokens.get(id);
      if (certificate === undefined) {
        return failed({ code: "token.not-found" });
      }
      change({ certificate });
      return success(null);
    },
  };
}

/** Keeps whose certificate the chosen file holds. False: it is not the chosen one, or nothing is new. */
export function rememberCertificate(
  settings: SettingsStore,
  path: string,
  known: CertificateFacts & { readonly fingerprint: string },
): boolean {
  const { certificate } = settings.current;
  const isChosen = certificate?.kind === "file" && certificate.path === path;
  if (!isChosen || certificate.known?.fingerprint === known.fingerprint) {
    return false;
  }
  settings.change({ certificate: { ...certificate, known } });
  return true;
}
