/** What a port answers without asking anybody: a version that a process has read once, a hash, a form that is signed here. */
const asksNobody = new Set<PropertyKey>(['programme', 'hashTrackingCode', 'uploadForm']);

/**
 * Notes what is asked of ports, in order. Calls that were started without waiting for one that was under way stand in one line, joined by
 * ` + `: as many lines as a page waits for answers.
 */
export function notedCalls() {
  let lines: string[][] = [];
  let underWay = 0;
  return {
    note: <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get(target, name, receiver) {
          const own: unknown = Reflect.get(target, name, receiver);
          if (typeof own !== 'function' || asksNobody.has(name)) return own;
          return async (...given: unknown[]): Promise<unknown> => {
            const line = underWay === 0 ? undefined : lines.at(-1);
            if (line === undefined) lines.push([String(name)]);
            else line.push(String(name));
            underWay += 1;
            try {
              return await Reflect.apply(own, target, given);
            } finally {
              underWay -= 1;
            }
          };
        },
      }),
    /** The lines since this was last asked. */
    taken: (): string[] => {
      const taken = lines.map((names) => names.join(' + '));
      lines = [];
      return taken;
    },
  };
}
