export interface Failures {
  readonly failed: (what: string, error: unknown) => void;
}

/** Reports a failure and lets the run go on. Answers undefined then. */
export async function attempt<T>(what: string, act: () => Promise<T>, { failed }: Failures): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    failed(what, error);
    return undefined;
  }
}
