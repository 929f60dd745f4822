export interface Failures {
  readonly failed: (what: string, error: unknown) => void;
}

/** What fails is told and goes no further: the rest of the run goes on. */
export async function attempt(what: string, act: () => Promise<unknown>, { failed }: Failures): Promise<void> {
  try {
    await act();
  } catch (error) {
    failed(what, error);
  }
}
