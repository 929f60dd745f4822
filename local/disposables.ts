export interface Disposables {
  /** Returns the part, and remembers to stop it. */
  readonly running: <T extends { stop(): void | Promise<void> }>(part: T) => T;
  /** Stops the parts, the last started first. Idempotent. */
  readonly stop: () => Promise<void>;
}

/** Remembers what was started, so that all of it can be stopped, even after a failed start. */
export function disposables(): Disposables {
  const parts: { stop(): void | Promise<void> }[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    for (const part of parts.toReversed()) await part.stop();
  };
  return {
    running: (part) => {
      parts.push(part);
      return part;
    },
    stop: () => {
      stopping ??= stopAll();
      return stopping;
    },
  };
}
