export interface Disposables {
  /** Hands the part on, and remembers to stop it. */
  readonly running: <T extends { stop(): void | Promise<void> }>(part: T) => T;
  /** Last started, first stopped. Twice is once. */
  readonly stop: () => Promise<void>;
}

/** Remembers what was started, so that all of it is stopped however far the start came. */
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
