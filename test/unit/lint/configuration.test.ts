import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..", "..");

/** A file for each rule that the project's own configuration has to catch, type-aware ones and ours alike. */
const bad: readonly (readonly [file: string, rule: string, code: string])[] = [
  ["electron/pades/a.ts", "sealdesk(layers)", 'import "../verify/x.ts";\n'],
  ["electron/pades/b.ts", "sealdesk(crypto-in-one-room)", 'export { sign };\nimport { sign } from "node:crypto";\n'],
  [
    "electron/main.ts",
    "sealdesk(electron-calls-in-place)",
    "declare const w: { loadFile(f: string): void };\nw.loadFile('x');\n",
  ],
  ["electron/ipc/c.ts", "sealdesk(no-console)", 'console.log("x");\n'],
  [
    "renderer/d.tsx",
    "sealdesk(no-markup-injection)",
    "export const a = <p dangerouslySetInnerHTML={{ __html: '' }} />;\n",
  ],
  ["electron/ipc/e.ts", "sealdesk(no-process-environment)", "export const e = process.env;\n"],
  ["electron/ipc/f.ts", "sealdesk(no-weak-options)", "export const o = { sandbox: false };\n"],
  ["electron/ipc/g.ts", "eslint(no-eval)", 'export const g: unknown = eval("1");\n'],
  ["electron/ipc/h.ts", "eslint(no-new-func)", 'export const h: unknown = new Function("1");\n'],
  ["electron/ipc/i.ts", "typescript(no-floating-promises)", "async function later() {}\nlater();\n"],
  ["electron/ipc/j.ts", "typescript(no-explicit-any)", "export type J = any;\n"],
  ["electron/ipc/k.ts", "import(no-default-export)", "export default 1;\n"],
];

let folder = "";
let output = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sealdesk-lint-"));
  for (const entry of [".oxlintrc.json", "build", "package.json"]) {
    cpSync(path.join(root, entry), path.join(folder, entry), { recursive: true });
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  for (const [file, , code] of bad) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), code);
  }
  writeFileSync(path.join(folder, "tsconfig.json"), '{ "compilerOptions": { "strict": true, "module": "preserve" } }');
  const program = path.join(root, "node_modules", "oxlint", "bin", "oxlint");
  const result = spawnSync(process.execPath, [program, "--format=unix", "electron", "renderer"], {
    cwd: folder,
    encoding: "utf8",
  });
  output = result.stdout + result.stderr;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(bad)("the project's lint configuration refuses %s by %s", (file, rule) => {
  const name = rule.replace("(", "/").replace(")", "").replace("eslint/", "");
  const lines = output.split("\n").filter((line) => line.replaceAll("\\", "/").includes(file));
  expect(lines.join("\n")).toContain(name.split("/").at(-1));
});
