import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../../electron/windows/policy/content-security-policy.ts";
import { answerAppRequest, filePath } from "../../../electron/windows/policy/app-scheme.ts";

describe("the app:// handler", () => {
  let outer: string;
  let root: string;

  beforeAll(() => {
    outer = mkdtempSync(join(tmpdir(), "sealdesk-scheme-"));
    root = join(outer, "renderer");
    rmSync(root, { recursive: true, force: true });
    writeFileSync(join(outer, "secret.html"), "secret");
    writeFileSync(join(outer, "renderer-secret.html"), "secret");
  });
  afterAll(() => rmSync(outer, { recursive: true, force: true }));

  test.each([
    "app://bundle/../secret.html",
    "app://bundle/%2e%2e/secret.html",
    "app://bundle/%2e%2e%2fsecret.html",
    "app://bundle/..%5csecret.html",
    "app://bundle/a/%2e%2e/%2e%2e/secret.html",
    "app://bundle//etc/passwd/../../secret.html%00.html",
    "app://bundle/C:/Windows/win.ini",
    "app://other/index.html",
    "file:///etc/passwd",
    "https://bundle/index.html",
    "app://bundle/%",
    "not an address",
    "app://bundle/%252e%252e/secret.html",
    "app://bundle/%2e%2e%5c%2e%2e%5csecret.html",
    "app://bundle/..%2f..%2fsecret.html",
    "app://bundle/.%2e/secret.html",
    "app://bundle/%c0%ae%c0%ae/secret.html",
    "app://bundle/%ef%bc%8e%ef%bc%8e/secret.html",
    "app://bundle/a%2f..%2f..%2fsecret.html",
    "app://bundle/./.././secret.html",
    "app://bundle/..;/secret.html",
    "app://bundle/secret.html%00",
    "app://bundle/renderer-secret.html",
    "app://bundle/\\\\server\\share\\secret.html",
    "app://bundle/%5c%5cserver%5cshare%5csecret.html",
    "app://bundle/%2fetc%2fpasswd",
    "app://bundle//etc/passwd",
    "app://bundle/file:///etc/passwd",
    "app://bundle/secret.html::$DATA",
    "app://bundle:80/index.html",
    "app://user@bundle/index.html",
    "app://bundle.evil/index.html",
    "app://BUNDLE%00/index.html",
    "app:///index.html",
    "app:bundle/index.html",
    `app://bundle/${"../".repeat(5_000)}secret.html`,
    `app://bundle/${"a/".repeat(50_000)}`,
  ])("never leads out of its folder: %s", async (address) => {
    const path = filePath(address, root);
    expect(path === null || path.startsWith(`${root}/`)).toBe(true);
    const answer = await answerAppRequest({ url: address, method: "GET" } as Request, root);
    expect([answer.status, await answer.text()]).toEqual([404, ""]);
  });

  test.each(["app://user@bundle/index.html", "app://bundle:80/index.html", "app://bundle.evil/index.html"])(
    "knows one host only: %s",
    (address) => {
      expect(filePath(address, root)).toBeNull();
    },
  );

  test("puts the policy on every answer, refusals included, and answers no other method", async () => {
    writeFileSync(join(outer, "other.html"), "<!doctype html>");
    for (const address of ["app://bundle/other.html", "app://bundle/none.html", "app://bundle/%2e%2e/x.html"]) {
      for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", ""]) {
        const answer = await answerAppRequest({ url: address, method } as Request, outer);
        expect(answer.headers.get("content-security-policy")).toBe(CONTENT_SECURITY_POLICY);
        expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
        expect(answer.ok).toBe(address.endsWith("other.html") && ["GET", "HEAD"].includes(method));
      }
    }
  });

  test("the policy allows no text as code, no frame, no form, no other place", () => {
    const rules = new Map(
      CONTENT_SECURITY_POLICY.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1)] as const),
    );
    for (const name of ["default-src", "object-src", "base-uri", "form-action", "frame-src", "frame-ancestors"]) {
      expect(rules.get(name)).toEqual(["'none'"]);
    }
    expect(rules.get("script-src")).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(rules.get("connect-src")).toEqual(["'self'"]);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-inline|'unsafe-eval'|unsafe-hashes|https?:|\*/u);
  });

  test("answers a file with its type, the policy and nosniff", async () => {
    writeFileSync(join(outer, "index.html"), "<!doctype html>");
    const answer = await answerAppRequest(new Request("app://bundle/index.html"), outer);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("<!doctype html>");
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("content-security-policy")).toContain("require-trusted-types-for 'script'");
  });

  test("refuses other methods, unknown kinds of files and missing ones", async () => {
    writeFileSync(join(outer, "data.pdf"), "%PDF-");
    expect((await answerAppRequest(new Request("app://bundle/index.html", { method: "POST" }), outer)).status).toBe(
      405,
    );
    expect((await answerAppRequest(new Request("app://bundle/data.pdf"), outer)).status).toBe(404);
    expect((await answerAppRequest(new Request("app://bundle/none.html"), outer)).status).toBe(404);
  });
});
