import { expect, test } from "vitest";
import { usualModules } from "../../../../../electron/providers/certificate/tokens/usual-modules.ts";

const all = () => true;

test("only what is there is named, p11-kit's proxy behind the modules that it stands for", () => {
  const there = ["/usr/lib/x86_64-linux-gnu/p11-kit-proxy.so", "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"];
  expect(usualModules("linux", {}, (path) => there.includes(path))).toEqual(there.toReversed());
});

test("each system has its own places, and Windows says where its folders are", () => {
  const windows = usualModules("win32", { SystemRoot: "D:\\Win", ProgramFiles: "E:\\Programs" }, all);
  expect(windows).toContain("E:\\Programs\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll");
  expect(windows).toContain("D:\\Win\\System32\\beidpkcs11.dll");
  expect(usualModules("darwin", {}, all)).toContain("/Library/OpenSC/lib/opensc-pkcs11.so");
  expect(usualModules("linux", {}, () => false)).toEqual([]);
});
