import type { Server } from 'node:http';
import { finished } from 'node:stream';

/** A door for work: while it is shut, what comes waits outside in order; what is inside already goes on to its end. */
export type Gate = {
  /** Does the work as soon as the gate is open. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when the gate is open. */
  isOpen(): Promise<void>;
  /** How much waits outside. */
  held(): number;
  /** Shuts the gate; true once nothing is inside. If that takes longer than the limit, it opens again: false. */
  shut(limitMs: number): Promise<boolean>;
  open(): void;
};

export function openGate(): Gate {
  let inside = 0;
  let held = 0;
  let opened: { promise: Promise<void>; resolve: () => void } | undefined;
  let tellEmpty = (): void => undefined;

  const enter = async <T>(work: () => Promise<T>): Promise<T> => {
    inside += 1;
    try {
      return await work();
    } finally {
      inside -= 1;
      if (inside === 0) tellEmpty();
    }
  };
  const open = (): void => {
    opened?.resolve();
    opened = undefined;
  };
  const isOpen = async (): Promise<void> => {
    while (opened !== undefined) await opened.promise;
  };

  return {
    async pass(work) {
      if (opened === undefined) return enter(work);
      held += 1;
      await isOpen();
      held -= 1;
      return enter(work);
    },
    isOpen,
    held: () => held,
    async shut(limitMs) {
      opened ??= Promise.withResolvers<void>();
      if (inside === 0) return true;
      const isEmpty = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), limitMs);
        tellEmpty = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
      tellEmpty = () => undefined;
      if (!isEmpty) open();
      return isEmpty;
    },
    open,
  };
}

/** Puts a gate before a server that a browser reaches without a function, such as the one that takes uploads. */
export function gateRequests(server: Server): Gate {
  const gate = openGate();
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    void gate.pass(
      () =>
        new Promise<void>((done) => {
          finished(response, () => done());
          for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
        }),
    );
  });
  return gate;
}
