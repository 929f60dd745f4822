import * as z from 'zod';

const Entry = z.looseObject({ level: z.string(), message: z.string() });
/** The same in every line, or shown elsewhere. */
const dull: ReadonlySet<string> = new Set(['timestamp', 'service', 'sampling_rate', 'level', 'message']);

/**
 * A line of a structured log as people read it: message first, then what it says, short. Any other
 * line stays as it is.
 */
export function readable(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { level, message, ...rest } = Entry.parse(JSON.parse(line));
    const facts = Object.entries(rest).filter(([name]) => !dull.has(name));
    const told = facts.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
    return [level === 'INFO' ? '' : level, message, ...told].filter(Boolean).join('  ');
  } catch {
    return line;
  }
}
