import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { migrate, NewerSchema } from "../../../electron/storage/migrate.ts";

const versionOf = (database: DatabaseSync): unknown => database.prepare("PRAGMA user_version").get()?.["user_version"];

describe("the schema of a database", () => {
  test("is brought from any earlier version to this one, each step once", () => {
    const database = new DatabaseSync(":memory:");
    const first = "CREATE TABLE run (id TEXT) STRICT; INSERT INTO run VALUES ('kept')";
    migrate(database, [first]);
    expect(versionOf(database)).toBe(1);
    migrate(database, [first, "ALTER TABLE run ADD COLUMN note TEXT"]);
    migrate(database, [first, "ALTER TABLE run ADD COLUMN note TEXT"]);
    expect(versionOf(database)).toBe(2);
    expect(database.prepare("SELECT * FROM run").all()).toEqual([{ id: "kept", note: null }]);
  });

  test("stays as it was when a step fails", () => {
    const database = new DatabaseSync(":memory:");
    expect(() => migrate(database, ["CREATE TABLE a (x TEXT) STRICT", "this is not SQL"])).toThrow(/syntax error/u);
    expect(versionOf(database)).toBe(0);
    expect(database.prepare("SELECT name FROM sqlite_schema").all()).toEqual([]);
    expect(database.isTransaction).toBe(false);
  });

  test("of a newer program is left alone", () => {
    const database = new DatabaseSync(":memory:");
    database.exec("PRAGMA user_version = 9");
    expect(() => migrate(database, ["CREATE TABLE a (x) STRICT"])).toThrow(NewerSchema);
    expect(versionOf(database)).toBe(9);
  });
});
