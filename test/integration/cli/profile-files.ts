import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxChild } from "./sandbox-child.ts";

/** Environment variables that lead to no keychain, and to no window that could ask. */
export const NO_KEYCHAIN: Readonly<Record<string, string>> = {
  DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/bus",
  DISPLAY: "",
  WAYLAND_DISPLAY: "",
  GNOME_KEYRING_CONTROL: "",
  XDG_RUNTIME_DIR: "/nonexistent",
};

/** Settings of itsme as an onboarding letter would have them, for the running sandbox. */
export function itsmeSettings({ description }: SandboxChild): Readonly<Record<string, unknown>> {
  const { baseUrls, files, itsme } = description;
  return {
    baseUrl: new URL(baseUrls["itsme"] ?? "").origin,
    ...itsme,
    pageOrigins: [new URL(baseUrls["pages"] ?? "").origin],
    extraCa: [files["tlsCa"]],
  };
}

export function idnowSettings({ description }: SandboxChild): Readonly<Record<string, unknown>> {
  const { baseUrls, files, idnow } = description;
  return {
    baseUrl: `${baseUrls["idnow"]}/`,
    user: idnow.user,
    redirectUrl: idnow.redirectUrls.success,
    pageOrigins: [new URL(baseUrls["idnowPages"] ?? "").origin],
    extraCa: [files["tlsCa"]],
  };
}

/** A file as `profile add --from` takes it. */
export async function sourceFile(folder: string, content: object): Promise<string> {
  const path = join(folder, "profile.json");
  await writeFile(path, JSON.stringify(content, null, 1));
  return path;
}

/** The client certificate and its key, as options. */
export function certificateOptions({ description }: SandboxChild): readonly string[] {
  const { clientCertificate, clientKey } = description.files;
  return ["--secret-file", `clientCertificate=${clientCertificate}`, "--secret-file", `clientCertificate=${clientKey}`];
}
