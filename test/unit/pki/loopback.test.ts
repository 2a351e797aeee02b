import { expect, test } from "vitest";
import { isLoopback } from "../../../electron/pki/loopback.ts";

test("this computer is recognised by all its names, and nothing else is", () => {
  for (const name of ["localhost", "LOCALHOST", "practice.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "::1"]) {
    expect([name, isLoopback(name)]).toEqual([name, true]);
  }
  for (const name of ["localhost.example", "127.0.0.1.example", "1.127.0.0", "10.0.0.1", "notlocalhost", "::2"]) {
    expect([name, isLoopback(name)]).toEqual([name, false]);
  }
});
