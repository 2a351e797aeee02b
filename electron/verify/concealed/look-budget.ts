import { threadMilliseconds, type CpuClock } from "../work-limit.ts";

/** The time for looking is used up. Not a `PdfProblem`: nothing on the way may take it for a broken page. */
export class LookBudgetSpent extends Error {
  override readonly name = "LookBudgetSpent";
}

const WORK_A_LOOK = 256;

/**
 * How long the signer waits for a search in all, over several documents. Work of this thread is counted, so the same
 * documents get the same answer on a busy computer.
 */
export class LookBudget {
  private left: number;
  private readonly cpu: CpuClock;
  private work = 0;
  private end = Infinity;

  constructor(milliseconds: number, cpu: CpuClock = threadMilliseconds) {
    this.left = milliseconds;
    this.cpu = cpu;
  }

  /** Runs with a share of what is left; what it does not use is for those that follow. */
  async within<T>(share: number, work: () => Promise<T>): Promise<T> {
    const start = this.cpu();
    this.end = start + this.left * share;
    try {
      return await work();
    } finally {
      this.left = Math.max(0, this.left - (this.cpu() - start));
      this.end = Infinity;
    }
  }

  /** Called often; throws `LookBudgetSpent`. */
  readonly spend = (work: number): void => {
    this.work += work;
    if (this.work >= WORK_A_LOOK) {
      this.work = 0;
      if (this.cpu() > this.end) {
        throw new LookBudgetSpent("The document is too large to be searched in passing.");
      }
    }
  };
}
