import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * @typedef {object} ChildResult
 * @property {number} code exit status; 128 + signal number when a signal ended it, as shells have it
 * @property {string} output what it wrote, when captured
 * @property {boolean} timedOut
 */

/**
 * Runs a program to its end. Ctrl+C and termination reach the child too, and we outlive it, so nothing stays behind.
 * Never through a shell: arguments arrive as they are on every system.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, timeoutMilliseconds?: number}} [options]
 * @returns {Promise<ChildResult>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.capture ? ["ignore", "pipe", "pipe"] : "inherit",
      windowsHide: true,
    });
    let output = "";
    let timedOut = false;
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));

    const timer =
      options.timeoutMilliseconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill("SIGTERM");
            setTimeout(() => child.kill("SIGKILL"), 5000).unref();
          }, options.timeoutMilliseconds);
    const stopForwarding = forwardSignals((signal) => child.kill(signal));
    const stopWatching = watchParent(() => child.kill("SIGTERM"));

    const end = () => {
      clearTimeout(timer);
      stopForwarding();
      stopWatching();
    };
    child.once("error", (error) => {
      end();
      reject(error);
    });
    child.once("close", (code, signal) => {
      end();
      resolve({ code: code ?? 128 + signalNumber(signal), output, timedOut });
    });
  });
}

/**
 * @param {(signal: NodeJS.Signals) => void} send
 * @returns {() => void} stops forwarding
 */
function forwardSignals(send) {
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    // A terminal sends Ctrl+C to the whole process group, child included: a second one from us would look like impatience.
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    send(signal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

/**
 * npm runs scripts through a shell, and a signal to npm ends that shell without reaching us: we would go on unseen. So when
 * npm started us, the end of our parent counts as the signal it should have passed on.
 * @param {() => void} onEnd
 * @returns {() => void} stops watching
 */
function watchParent(onEnd) {
  if (process.platform === "win32" || process.env["npm_lifecycle_event"] === undefined) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onEnd();
  }, 250);
  timer.unref();
  return () => clearInterval(timer);
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  return signal === null ? 0 : (constants.signals[signal] ?? 0);
}
