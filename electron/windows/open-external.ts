import { shell } from "electron";

const ALLOWED_SCHEMES: readonly string[] = ["https:", "mailto:"];

/** SECURITY: the one door to the system's browser. Only plain web and mail addresses, without user names in them. */
export async function openExternal(address: string): Promise<boolean> {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (!ALLOWED_SCHEMES.includes(url.protocol) || url.username !== "" || url.password !== "") {
    return false;
  }
  await shell.openExternal(url.href);
  return true;
}
