import { useEffect, useState } from "react";

interface Answered<Answer> {
  /** To the last question that was settled; null: none yet, or it failed. */
  readonly answer: Answer | null;
  /** The question of now is on its way: `answer`, if there is one, is to an earlier one. */
  readonly isPending: boolean;
}

interface Settled<Question, Answer> {
  readonly question: Question;
  readonly answer: Answer | null;
}

/**
 * What main answers to a question, asked again for each new one; until the newest is settled, the answer before stays.
 * `ask` and `question` have to keep their identity as long as they are the same; a question may hold what its answer
 * depends on beside what is sent.
 *
 * @param ask answers null when it failed
 * @param wait milliseconds before it is asked, for questions that follow somebody's typing
 */
export function useAnswer<Question, Answer>(
  ask: (question: Question) => Promise<Answer | null>,
  question: Question,
  wait = 0,
): Answered<Answer> {
  const [settled, setSettled] = useState<Settled<Question, Answer> | null>(null);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const answer = await ask(question);
      if (!isOver) setSettled({ question, answer });
    };
    const timer = setTimeout(() => void read(), wait);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [ask, question, wait]);
  return { answer: settled?.answer ?? null, isPending: settled === null || settled.question !== question };
}
