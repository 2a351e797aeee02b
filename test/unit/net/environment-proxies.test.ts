import { describe, expect, test } from "vitest";
import { environmentProxies } from "../../../electron/net/environment-proxies.ts";
import type { Environment } from "../../../electron/net/environment-proxies.ts";

async function proxyFor(url: string, environment: Environment): Promise<string> {
  const proxies = environmentProxies(environment);
  if (!proxies.ok) {
    return `refused: ${proxies.failure}`;
  }
  const [route] = await proxies.value(url);
  return route === undefined || route.kind === "direct" || route.kind === "unsupported"
    ? (route?.kind ?? "none")
    : `${route.kind} ${route.host}:${route.port}`;
}

describe("proxies from the environment", () => {
  test("are chosen by the scheme of the address, ALL_PROXY for the rest", async () => {
    const environment = {
      HTTPS_PROXY: "http://s.example:1",
      HTTP_PROXY: "p.example:2",
      ALL_PROXY: "socks5://a.example",
    };
    expect(await proxyFor("https://tsa.example/", environment)).toBe("http s.example:1");
    expect(await proxyFor("http://ocsp.example/", environment)).toBe("http p.example:2");
    expect(await proxyFor("http://ocsp.example/", { ALL_PROXY: "socks5://a.example" })).toBe("socks5 a.example:1080");
    expect(await proxyFor("http://ocsp.example/", { HTTPS_PROXY: "http://s.example:1" })).toBe("direct");
    expect(await proxyFor("http://ocsp.example/", {})).toBe("direct");
  });

  test("in lower case win, as in curl, and an empty value is none", async () => {
    expect(await proxyFor("http://x.example/", { http_proxy: "low.example:1", HTTP_PROXY: "up.example:1" })).toBe(
      "http low.example:1",
    );
    expect(await proxyFor("http://x.example/", { http_proxy: "", HTTP_PROXY: "up.example:1" })).toBe("direct");
  });

  test("are not used for what NO_PROXY names", async () => {
    const environment = {
      ALL_PROXY: "http://p.example:3128",
      NO_PROXY: "intern.example, .corp.example *.lan,10.0.0.0/8 192.0.2.7 tsa.example:8080 2001:db8::/32",
    };
    const direct = [
      "http://intern.example/",
      "https://a.intern.example/",
      "http://crl.corp.example/",
      "http://x.lan/",
      "http://10.20.30.40/",
      "http://192.0.2.7/",
      "http://tsa.example:8080/",
      "http://[2001:db8::9]/",
    ];
    const proxied = ["http://xintern.example/", "http://tsa.example/", "http://11.0.0.1/", "http://[2001:db9::9]/"];
    for (const url of direct) {
      expect([url, await proxyFor(url, environment)]).toEqual([url, "direct"]);
    }
    for (const url of proxied) {
      expect([url, await proxyFor(url, environment)]).toEqual([url, "http p.example:3128"]);
    }
    expect(await proxyFor("http://any.example/", { ...environment, NO_PROXY: "*" })).toBe("direct");
  });

  test("that are no addresses are refused by the variable's name, and never passed over", async () => {
    const value = "ftp://user:secret@p.example";
    expect(await proxyFor("http://x.example/", { HTTP_PROXY: value })).toBe("refused: HTTP_PROXY");
    expect(JSON.stringify(environmentProxies({ ALL_PROXY: value }))).not.toContain("secret");
  });
});
