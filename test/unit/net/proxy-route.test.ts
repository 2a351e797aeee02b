import { describe, expect, test } from "vitest";
import { hostPort, parsePacList, parseProxyAddress } from "../../../electron/net/proxy-route.ts";

const server = (kind: "http" | "https" | "socks5", host: string, port: number) => ({
  kind,
  host,
  port,
  credentials: null,
});

describe("the answer of a proxy auto-configuration", () => {
  test("is a list in order of preference, with each kind's own default port", () => {
    expect(parsePacList("PROXY a.example:3128; HTTPS b.example; SOCKS5 c.example:1081 ;DIRECT")).toEqual([
      server("http", "a.example", 3128),
      server("https", "b.example", 443),
      server("socks5", "c.example", 1081),
      { kind: "direct" },
    ]);
    expect(parsePacList("PROXY a.example")).toEqual([server("http", "a.example", 80)]);
    expect(parsePacList("proxy [2001:db8::1]:8080")).toEqual([server("http", "2001:db8::1", 8080)]);
  });

  test("that is empty means directly", () => {
    expect(parsePacList("")).toEqual([{ kind: "direct" }]);
    expect(parsePacList("DIRECT")).toEqual([{ kind: "direct" }]);
  });

  test("leads nowhere when it names only what is not spoken here, and not around the proxy", () => {
    expect(parsePacList("SOCKS4 old.example:1080; DIRECT")).toEqual([{ kind: "direct" }]);
    expect(parsePacList("SOCKS old.example:1080")).toEqual([{ kind: "unsupported", name: "SOCKS" }]);
    expect(parsePacList("QUIC new.example:443")).toEqual([{ kind: "unsupported", name: "QUIC" }]);
  });
});

describe("the address of a proxy", () => {
  test("may carry a name and password, percent-encoded (RFC 3986 3.2.1)", () => {
    expect(parseProxyAddress("http://ada%40example:p%3Aw%2F%25@proxy.example:8080")).toEqual({
      ok: true,
      value: { ...server("http", "proxy.example", 8080), credentials: { user: "ada@example", password: "p:w/%" } },
    });
  });

  test("without a scheme is one of an HTTP proxy", () => {
    expect(parseProxyAddress("proxy.example:3128")).toEqual({ ok: true, value: server("http", "proxy.example", 3128) });
    expect(parseProxyAddress("socks5h://proxy.example")).toEqual({
      ok: true,
      value: server("socks5", "proxy.example", 1080),
    });
  });

  test("of something else is none", () => {
    for (const address of ["socks4://a.example", "file:///etc/passwd", "http://", "proxy example", "ftp://a:21"]) {
      expect(parseProxyAddress(address).ok).toBe(false);
    }
  });

  test("of IPv6 gets its brackets back where it is written", () => {
    expect(hostPort({ host: "2001:db8::1", port: 80 })).toBe("[2001:db8::1]:80");
    expect(hostPort({ host: "a.example", port: 80 })).toBe("a.example:80");
  });
});
