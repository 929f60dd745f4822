import { Refused } from '../../shared/errors.ts';
import { short } from './read-values.ts';

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/**
 * Refuses JSON in which an object has the same key twice. The JSON parser keeps the last one, so
 * the order would decide whether `"restricted": true, "restricted": false` is published. The text
 * must have been parsed as JSON before.
 */
export function refuseDoubleKeys(json: string): void {
  const open: Set<string>[] = [];
  let last = '';
  for (const [token] of json.matchAll(tokens)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const key: unknown = JSON.parse(last);
      const keys = open.at(-1);
      if (typeof key !== 'string' || !keys) continue;
      if (keys.has(key))
        throw new Refused('content', [{ field: short(key), problem: 'stands twice in one object', remedy: 'Keep one of them.' }]);
      keys.add(key);
    } else last = token;
  }
}
