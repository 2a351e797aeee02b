/** The first argument of Electron's events. `defaultPrevented` tells the sender that a listener said no. */
export interface CancellableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** Makes an event that carries `details` as its own properties, as Electron's do. */
export function cancellableEvent<Details extends object>(details: Details): CancellableEvent & Details {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault(): void {
      event.defaultPrevented = true;
    },
  };
  return event;
}
