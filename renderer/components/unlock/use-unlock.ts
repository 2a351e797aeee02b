import { useRef, useState } from "react";
import type { RefObject } from "react";
import type { DocumentView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { useWindow } from "../../state/window-context.tsx";

export interface Unlock {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly checking: boolean;
  readonly problem: Failure | null;
  readonly submit: () => void;
}

/** Asks main whether what was typed opens the document; the input is emptied after every try. */
export function useUnlock(document: DocumentView): Unlock {
  const { actions } = useWindow();
  const input = useRef<HTMLInputElement>(null);
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<Failure | null>(null);
  const submit = async (): Promise<void> => {
    const field = input.current;
    if (field === null || field.value === "" || checking) return;
    setChecking(true);
    const failure = await actions.unlock(document.id, field.value);
    field.value = "";
    setChecking(false);
    setProblem(failure);
    if (failure !== null) field.focus();
  };
  return { input, checking, problem, submit: () => void submit() };
}
