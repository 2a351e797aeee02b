import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../../electron/storage/database.ts";
import { AuditLog } from "../../../electron/storage/audit/audit-log.ts";
import { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { hasTool } from "../../interop/pades/run-tool.ts";
import { keychain } from "../services/bare-ports.ts";
import { newFolder, practiceForTests } from "../services/open-application.ts";
import { lookAtAudit } from "./look-at-audit.ts";
import { WatchedProgram, watchStreams } from "./watched-program.ts";

/** The search is held against leaks of every kind that are made on purpose: a test that finds nothing must be able to find. */
const SECRET = 'pl4nt ö "+/%&<7f3a9c';
const practice = practiceForTests();

function searching(secret: string | Uint8Array = SECRET): SecretSearch {
  const search = new SecretSearch();
  search.plant("secret", secret);
  return search;
}

describe("the search for planted secrets", () => {
  const python = (code: string): string =>
    execFileSync("python3", ["-c", `import sys,json,base64,urllib.parse as u,html\ns=sys.argv[1]\n${code}`, SECRET], {
      encoding: "latin1",
      timeout: 20_000,
    });
  // Written by another program than the one that looks for it.
  const writings: Readonly<Record<string, string>> = {
    "UTF-8": "sys.stdout.buffer.write(b'x'+s.encode()+b'y')",
    "UTF-16LE": "sys.stdout.buffer.write(('x'+s+'y').encode('utf-16le'))",
    "UTF-16BE": "sys.stdout.buffer.write(('x'+s+'y').encode('utf-16be'))",
    JSON: "sys.stdout.buffer.write(json.dumps({'a':s}, ensure_ascii=False).encode())",
    "JSON in ASCII": "print(json.dumps({'a':s}))",
    "JSON within JSON":
      "sys.stdout.buffer.write(json.dumps(json.dumps(s, ensure_ascii=False), ensure_ascii=False).encode())",
    "Base64 at any place": "print(base64.b64encode(b'x'+s.encode()+b'zz').decode())",
    "Base64 one further": "print(base64.b64encode(b'xx'+s.encode()).decode())",
    "Base64 as Basic sends it": "print(base64.b64encode(b'use'+s.encode()).decode())",
    Base64url: "print(base64.urlsafe_b64encode(b'x'+s.encode()).decode())",
    "Base64 of UTF-16LE": "print(base64.b64encode(s.encode('utf-16le')).decode())",
    "Base64 of JSON": "print(base64.b64encode(json.dumps({'a':s}, ensure_ascii=False).encode()).decode())",
    hex: "print(s.encode().hex())",
    "hex in capitals": "print(s.encode().hex().upper())",
    "percent-encoding": "print(u.quote(s, safe=''))",
    "percent-encoding in small letters":
      "print(u.quote(s, safe='').replace('%C3%B6','%c3%b6').replace('%2B','%2b').replace('%2F','%2f').replace('%3C','%3c'))",
    "a form": "print(u.urlencode({'password': s}))",
    "every byte as a percent code": "print(''.join('%%%02X' % b for b in s.encode()))",
    XML: "sys.stdout.buffer.write(html.escape(s).encode())",
    "a list of numbers": "print(json.dumps(list(s.encode()), separators=(',',':')))",
  };

  test.skipIf(!hasTool("python3")).each(Object.entries(writings))("knows a secret written as %s", (_name, code) => {
    const search = searching();
    search.look("a sink", Buffer.from(python(code), "latin1"));
    expect(search.leaks).toMatchObject([{ secret: "secret", sink: "a sink" }]);
  });

  test("knows bytes, and does not cry over what is no secret", () => {
    const key = Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256);
    const search = searching(key);
    search.look("nothing", Buffer.from(key.toReversed()));
    search.look("nothing", "a text of no interest");
    expect(search.leaks).toEqual([]);
    search.look("raw", Buffer.concat([Buffer.from("x"), key]));
    search.look("hex", Buffer.from(key).toString("hex"));
    search.look("base64", Buffer.concat([Buffer.from("zz"), key]).toString("base64"));
    expect(search.leaks.map(({ sink }) => sink)).toEqual(["raw", "hex", "base64"]);
  });

  test("finds a short code where it stands alone, and not within longer numbers", () => {
    const search = new SecretSearch();
    search.plantCode("code", "918273");
    search.look("time", '{"time":1764918273555,"digest":"ab918273ef"}');
    expect(search.leaks).toEqual([]);
    search.look("typed", '{"code":"918273"}');
    search.look("log", "the code 918273 was wrong");
    expect(search.leaks).toHaveLength(2);
  });

  test("counts what may be somewhere, and tells it everywhere else", () => {
    const search = new SecretSearch();
    search.plant("number", "+491709184027", (sink) => sink === "journal");
    search.look("journal", "x +491709184027");
    expect([search.leaks, search.seenWhereAllowed]).toEqual([[], ["number in journal"]]);
    search.look("log", "x +491709184027");
    expect(search.leaks).toMatchObject([{ sink: "log" }]);
  });
});

describe("a secret that leaks", () => {
  const found = (search: SecretSearch): readonly string[] => [...new Set(search.leaks.map(({ sink }) => sink))];

  test("into a file, its name, a log, a row, a deleted row or a write-ahead log is found in the data folder", async () => {
    const data = await newFolder();
    mkdirSync(join(data, "logs"));
    mkdirSync(join(data, "Crashpad/completed"), { recursive: true });
    writeFileSync(join(data, "settings.json"), JSON.stringify({ password: SECRET }));
    writeFileSync(join(data, `profile pl4nt ö.txt`), "");
    appendFileSync(join(data, "logs/log.jsonl"), `${JSON.stringify({ words: SECRET })}\n`);
    writeFileSync(join(data, "Crashpad/completed/1.dmp"), Buffer.from(`MDMP${SECRET}`, "utf16le"));
    const deleted = new DatabaseSync(join(data, "deleted.db"));
    deleted.exec("PRAGMA secure_delete = OFF; CREATE TABLE t (x TEXT)");
    deleted.prepare("INSERT INTO t VALUES (?)").run(`${SECRET}${"x".repeat(3000)}`);
    deleted.exec("DELETE FROM t");
    deleted.close();
    const journal = openDatabase(join(data, "journal.db"));
    journal.exec("CREATE TABLE t (x TEXT); PRAGMA wal_checkpoint(TRUNCATE)");
    journal.prepare("INSERT INTO t VALUES (?)").run(SECRET);
    writeFileSync(
      join(data, "out.pdf"),
      Buffer.concat([Buffer.from("%PDF-1.7\nstream\n"), deflateSync(SECRET), Buffer.from("\nendstream")]),
    );
    const search = searching();
    search.plant("in a name", "profile pl4nt ö");
    search.lookAtFolder("data folder", data);
    journal.close();
    expect(found(search).toSorted()).toEqual([
      "data folder: Crashpad/completed/1.dmp",
      "data folder: deleted.db",
      "data folder: journal.db-wal",
      "data folder: logs/log.jsonl",
      "data folder: names",
      "data folder: out.pdf, inflated",
      "data folder: settings.json",
    ]);
  });

  test("to the window, as state or answer, in a notification, in what is printed, exported or logged, is found", async () => {
    const [data, exported] = [await newFolder(), await newFolder()];
    const search = searching();
    watchStreams(search);
    const program = new WatchedProgram(data, practice(), search, { keyStore: keychain() });
    const { application } = program;
    const { state } = application;
    state.update({ app: { ...state.current.app, version: SECRET } });
    await expect.poll(() => found(search)).toContain("state to the window");
    await program.ask("state.get", {});
    process.stderr.write(`${Buffer.from(SECRET).toString("base64")}\n`);
    process.stdout.write(`${encodeURIComponent(SECRET)}\n`);
    appendFileSync(join(data, "logs/log.jsonl"), `${SECRET}\n`);
    await program.export(join(exported, "diagnostics.txt"));
    program.lookAtDisk();
    await application.close();
    const audit = new AuditLog(openDatabase(join(data, "audit.db")), Date.now);
    audit.append({ kind: "settings.changed", settings: [SECRET] });
    audit.close();
    await lookAtAudit(search, data);
    expect(found(search)).toEqual(
      expect.arrayContaining([
        "state to the window",
        "answer to state.get",
        "answer to diagnostics.read",
        "diagnostics: diagnostics.txt",
        "stderr",
        "stdout",
        "data folder: logs/log.jsonl",
        "audit export",
      ]),
    );
  });
});
