import { useEffect, useState } from "react";

/**
 * What main answers to a question, asked again for each new one; until the newest is answered, the answer before stays.
 * Null: none yet. `ask` and `question` have to keep their identity as long as they are the same; a question may hold what
 * its answer depends on beside what is sent.
 *
 * @param wait milliseconds before it is asked, for questions that follow somebody's typing
 */
export function useAnswer<Question, Answer>(
  ask: (question: Question) => Promise<Answer | null>,
  question: Question,
  wait = 0,
): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const found = await ask(question);
      if (!isOver && found !== null) setAnswer(found);
    };
    const timer = setTimeout(() => void read(), wait);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [ask, question, wait]);
  return answer;
}
