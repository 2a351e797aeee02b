/**
 * Is the process that drives a run still there? Signal 0 asks; EPERM means that it is, and belongs to somebody else.
 * A number that was written before the computer started is somebody else's by now.
 *
 * @param bootTime milliseconds since 1970
 */
export function ownerIsAlive(processId: number, updated: string, bootTime: number): boolean {
  if (Date.parse(updated) < bootTime) {
    return false;
  }
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
