import { spawn } from "node:child_process";

/** Four minutes: the slowest run here takes less than half a minute on a quiet machine. */
const LIMIT = 240_000;

/** Runs a judge that takes a JSON object a line and answers each with one; answers by "id". */
export async function askInLines<Answer extends { readonly id: string }>(
  program: string,
  args: readonly string[],
  jobs: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, Answer>> {
  const { code, stdout, stderr } = await run(program, args, jobs.map((job) => `${JSON.stringify(job)}\n`).join(""));
  const answers = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Answer);
  if (code !== 0 || answers.length !== jobs.length) {
    throw new Error(`${program} ended with ${code}: ${stderr.slice(-4000)}`);
  }
  return new Map(answers.map((answer) => [answer.id, answer]));
}

function run(program: string, args: readonly string[], input: string) {
  return new Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>(
    (resolve, reject) => {
      const child = spawn(program, args, { stdio: "pipe", timeout: LIMIT, killSignal: "SIGKILL" });
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
      child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
      child.once("error", reject);
      // A program that ends early closes its input: its exit says more than that.
      child.stdin.on("error", () => undefined);
      child.once("close", (code) => {
        const [out, err] = [Buffer.concat(stdout).toString("utf8"), Buffer.concat(stderr).toString("utf8")];
        resolve({ code, stdout: out, stderr: err });
      });
      child.stdin.end(input);
    },
  );
}
