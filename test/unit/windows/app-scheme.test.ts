import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
  ])("never leads out of its folder: %s", async (address) => {
    const path = filePath(address, root);
    expect(path === null || path.startsWith(`${root}/`)).toBe(true);
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
