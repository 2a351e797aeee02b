/**
 * `session.resolveProxy` without Chromium's network service, which has no such question in its protocol: the switches
 * `--proxy-server`, `--proxy-bypass-list` and `--no-proxy-server`, else the environment, which Chromium reads on Linux.
 * Answers as Chromium does: "PROXY host:port", "HTTPS host:port", "SOCKS5 host:port" or "DIRECT".
 * Undefined: the setting is one that only the real thing can follow (a proxy auto-configuration).
 */
export function resolveProxy(
  url: string,
  switches: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (switches.has("proxy-pac-url") || switches.has("proxy-auto-detect")) return undefined;
  const { protocol, hostname } = new URL(url);
  const scheme = protocol.slice(0, -1);
  // Chromium's implicit bypass rules: localhost, loopback and link-local addresses.
  if (/^(localhost|.*\.localhost|127\..*|\[::1\]|169\.254\..*)$/u.test(hostname)) return "DIRECT";
  if (switches.has("no-proxy-server")) return "DIRECT";
  const server = switches.get("proxy-server");
  const read = (name: string): string => environment[name] ?? environment[name.toUpperCase()] ?? "";
  const chosen = server === undefined ? read(`${scheme}_proxy`) || read("all_proxy") : ruleFor(scheme, server);
  const bypass = server === undefined ? read("no_proxy") : (switches.get("proxy-bypass-list") ?? "");
  if (chosen === "" || isBypassed(hostname, bypass)) return "DIRECT";
  return entry(chosen);
}

/** "proxy:80" for everything, or "http=a:80;https=b:80". */
function ruleFor(scheme: string, rules: string): string {
  if (!rules.includes("=")) return rules;
  const own = rules.split(";").find((rule) => rule.trim().startsWith(`${scheme}=`));
  return own?.slice(own.indexOf("=") + 1).trim() ?? "";
}

function isBypassed(hostname: string, list: string): boolean {
  return list
    .split(/[;,\s]+/u)
    .filter((rule) => rule !== "")
    .some((rule) => rule === "*" || hostname === rule || hostname.endsWith(rule.replace(/^\*?\.?/u, ".")));
}

function entry(server: string): string {
  const { protocol, host, port } = new URL(/^[a-z\d]+:\/\//u.test(server) ? server : `http://${server}`);
  switch (protocol) {
    case "https:":
      return `HTTPS ${host}${port === "" ? ":443" : ""}`;
    case "socks5:":
      return `SOCKS5 ${host}${port === "" ? ":1080" : ""}`;
    case "socks4:":
      return `SOCKS ${host}${port === "" ? ":1080" : ""}`;
    default:
      return `PROXY ${host}${port === "" ? ":80" : ""}`;
  }
}
