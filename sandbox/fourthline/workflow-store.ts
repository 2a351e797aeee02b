import type { SandboxClock } from "../clock.ts";
import type { AutoApprove } from "../shared-room.ts";
import { dueEvent } from "./due-events.ts";
import type { FourthlineSettings } from "./settings.ts";
import { after } from "./workflow-events.ts";
import type { WorkflowEvent } from "./workflow-events.ts";
import type { Workflow } from "./workflow.ts";
import { makeRoom } from "../make-room.ts";

/**
 * All workflows. They are brought up to date when somebody asks, so no timer runs: work, deadlines and the played
 * person have then done what was due, at the time when it was.
 */
export interface WorkflowStore {
  autoApprove: AutoApprove | null;
  add(workflow: Workflow): void;
  byId(id: string): Workflow | null;
  list(): readonly Workflow[];
  /** The workflow after the event; null when there is no such workflow or its status does not allow the event. */
  apply(id: string, event: WorkflowEvent): Workflow | null;
  clear(): void;
}

/** They hold whole documents. */
const maximumWorkflows = 200;

export function workflowStore(options: {
  readonly clock: SandboxClock;
  /** As they are for the person with this reference. */
  readonly settingsOf: (reference: string) => FourthlineSettings;
  readonly isChecked: (reference: string) => boolean;
  readonly newPasscode: (reference: string) => string;
  readonly autoApprove: AutoApprove | null;
  readonly changed: (workflow: Workflow, event: WorkflowEvent) => void;
}): WorkflowStore {
  const { clock } = options;
  const workflows = new Map<string, Workflow>();

  const applied = (workflow: Workflow, event: WorkflowEvent, at: number): Workflow | null => {
    const next = after(workflow, event, at);
    if (next === null) return null;
    workflows.set(next.id, next);
    options.changed(next, event);
    return next;
  };
  const refreshed = (workflow: Workflow): Workflow => {
    const due = dueEvent(workflow, clock.now(), {
      settings: options.settingsOf(workflow.reference),
      autoApprove: store.autoApprove,
      checked: options.isChecked(workflow.reference),
      newPasscode: () => options.newPasscode(workflow.reference),
    });
    const next = due === null ? null : applied(workflow, due.event, due.at);
    return next === null ? workflow : refreshed(next);
  };
  const found = (id: string): Workflow | null => {
    const workflow = workflows.get(id);
    return workflow === undefined ? null : refreshed(workflow);
  };

  const store: WorkflowStore = {
    autoApprove: options.autoApprove,
    add(workflow) {
      makeRoom(workflows, maximumWorkflows);
      workflows.set(workflow.id, workflow);
    },
    byId: found,
    list: () => [...workflows.values()].map(refreshed),
    apply(id, event) {
      const workflow = found(id);
      return workflow === null ? null : applied(workflow, event, clock.now());
    },
    clear: () => workflows.clear(),
  };
  return store;
}
