import type { ReminderProgress } from './reminders-of.ts';

export interface ReminderMemory {
  /** Consistent. Undefined: reminders never ran. */
  read(): Promise<(ReminderProgress & { readonly version: number }) | undefined>;
  /**
   * `before` is the version that was read, or 0 if there was none. False if another run wrote it
   * meanwhile: nothing changed.
   */
  advance(progress: ReminderProgress, before: number): Promise<boolean>;
}
