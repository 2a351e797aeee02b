import { expect, test } from "vitest";
import { resolveProxy } from "../../../tools/electron-stand-in/network/resolve-proxy.ts";

const ask = (url: string, switches: Readonly<Record<string, string>>, environment = {}): string | undefined =>
  resolveProxy(url, new Map(Object.entries(switches)), environment);

test("switches name the proxy as Chromium reads them", () => {
  const server = { "proxy-server": "p.example:3128", "proxy-bypass-list": "*.intern.example;10.1.2.3" };
  expect(ask("https://tsa.example/", server)).toBe("PROXY p.example:3128");
  expect(ask("https://a.intern.example/", server)).toBe("DIRECT");
  expect(ask("http://localhost:8080/", server)).toBe("DIRECT");
  expect(ask("http://x.example/", { "proxy-server": "http=a.example:1;https=https://b.example" })).toBe(
    "PROXY a.example:1",
  );
  expect(ask("https://x.example/", { "proxy-server": "http=a.example:1;https=https://b.example" })).toBe(
    "HTTPS b.example:443",
  );
  expect(ask("https://x.example/", { "proxy-server": "socks5://s.example" })).toBe("SOCKS5 s.example:1080");
});

test("without switches the environment counts, and --no-proxy-server switches it off", () => {
  const environment = { HTTPS_PROXY: "http://p.example:3128", no_proxy: "intern.example" };
  expect(ask("https://x.example/", {}, environment)).toBe("PROXY p.example:3128");
  expect(ask("https://intern.example/", {}, environment)).toBe("DIRECT");
  expect(ask("http://x.example/", {}, environment)).toBe("DIRECT");
  expect(ask("https://x.example/", { "no-proxy-server": "" }, environment)).toBe("DIRECT");
});

test("a proxy auto-configuration is not evaluated, and not passed over in silence", () => {
  expect(ask("https://x.example/", { "proxy-pac-url": "http://pac.example/" })).toBeUndefined();
});
