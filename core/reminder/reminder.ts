export type { ReminderEntry } from '../edition/reminders.ts';
