// One target in a process of its own, so that a hang or an exhausted memory is a finding and not the end.
import { openSync } from "node:fs";
import { join } from "node:path";
import { fuzz } from "./fuzz-loop.ts";
import { writeCurrent } from "./current-case.ts";
import { findTarget } from "./targets.ts";

const [name = "", seed = "1", cases = "1000", milliseconds = "10000", findings = "10", folder = ""] =
  process.argv.slice(2);
const target = await findTarget(name);
if (target === undefined) {
  throw new Error(`no target ${name}`);
}
const current = openSync(join(folder, `${name}.current`), "w");
const result = await fuzz(target, {
  seed: Number(seed),
  cases: Number(cases),
  milliseconds: Number(milliseconds),
  findings: Number(findings),
  folder,
  onCase: (bytes) => writeCurrent(current, bytes),
});
process.stdout.write(`${JSON.stringify(result)}\n`);
