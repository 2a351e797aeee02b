/** In milliseconds. */
export interface Clocks {
  /** Work of this thread, whatever else the computer does: the same file gets the same verdict on a busy machine. */
  readonly cpu: CpuClock;
  /** Never slower than `cpu`: a thread cannot work longer than it has been there. Asking it costs next to nothing. */
  readonly wall: () => number;
}

/** Work of one thread, in milliseconds. */
export type CpuClock = () => number;

export const threadMilliseconds: CpuClock = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const ownClocks: Clocks = { cpu: threadMilliseconds, wall: () => performance.now() };

/** Structure of honest files is read in well under a second, a file with a million objects in a few. */
const BASE_MILLISECONDS = 8_000;
/** Every byte is searched once and hashed once for each signature; slow methods hash 40 MB a second. */
const BYTES_A_MILLISECOND = 10_000;
const LONGEST_MILLISECONDS = 600_000;
const TICKS_A_LOOK = 64;

/** How much work a file of this size may cost. */
export const allowedMilliseconds = (size: number): number =>
  Math.min(LONGEST_MILLISECONDS, BASE_MILLISECONDS + size / BYTES_A_MILLISECOND);

/** The file takes more work than any honest one. Not a `PdfProblem`: nothing on the way may take it for a broken object. */
export class WorkLimitReached extends Error {
  override readonly name = "WorkLimitReached";
}

/**
 * SECURITY: ends what a hostile file would make endless. Gives a function to be called often while the file is worked
 * on; it throws `WorkLimitReached` once this thread has worked longer than allowed since now.
 */
export function workLimit(size: number, { cpu, wall }: Clocks = ownClocks): () => void {
  const allowed = allowedMilliseconds(size);
  const [cpuEnd, wallEnd] = [cpu() + allowed, wall() + allowed];
  let ticks = 0;
  return () => {
    ticks += 1;
    if (ticks % TICKS_A_LOOK === 0 && wall() > wallEnd && cpu() > cpuEnd) {
      throw new WorkLimitReached("The file takes too much work to be judged.");
    }
  };
}
