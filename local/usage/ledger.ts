/** AWS calls of one function to one operation of one service. */
export interface UsageLine {
  readonly service: string;
  readonly operation: string;
  readonly function: string;
  readonly calls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface Used {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  readonly readUnits?: number;
  readonly writeUnits?: number;
}

/** What functions used of AWS since the start or the last `clear`. */
export interface UsageLedger {
  add(used: Used): void;
  lines(): readonly UsageLine[];
  clear(): void;
}

/** `nameOf` turns an access key into the name under which a function is listed. */
export function usageLedger(nameOf: (caller: string) => string): UsageLedger {
  const lines = new Map<string, UsageLine>();
  return {
    add: ({ service, operation, caller, readUnits = 0, writeUnits = 0 }) => {
      const name = nameOf(caller);
      const key = [service, operation, name].join(' ');
      const before = lines.get(key) ?? { service, operation, function: name, calls: 0, readUnits: 0, writeUnits: 0 };
      lines.set(key, {
        ...before,
        calls: before.calls + 1,
        readUnits: before.readUnits + readUnits,
        writeUnits: before.writeUnits + writeUnits,
      });
    },
    lines: () => [...lines].toSorted(([a], [b]) => a.localeCompare(b)).map(([, line]) => line),
    clear: () => lines.clear(),
  };
}
