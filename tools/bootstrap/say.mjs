/**
 * One plain line for the person at the keyboard, on standard error: standard output belongs to the command itself.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`sealdesk: ${text}\n`);
}

/** A reason to stop that needs no stack trace: the message says what is wrong and what to do next. */
export class PlainStop extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
