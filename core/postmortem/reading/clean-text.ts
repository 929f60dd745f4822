import { unreadable } from './reading.ts';

const deepest = 20;
const forbiddenKeys = ['__proto__', 'constructor', 'prototype'];

/** Refuses a string that is not valid text: it contains a NUL, or half of a surrogate pair. */
export function refuseUnreadableText(text: string): void {
  const nul = text.indexOf('\u0000');
  if (nul >= 0) throw unreadable('holds a NUL character', 'Send UTF-8 text.', { line: text.slice(0, nul).split('\n').length });
  if (!text.isWellFormed()) throw unreadable('holds half of a surrogate pair', 'Send UTF-8 text.');
}

/**
 * Refuses a parsed value that nobody writes in good faith: nested too deep, with keys that reach
 * into prototypes, or with unreadable text.
 */
export function refuseUnreadable(value: unknown, depth = 0): void {
  if (depth > deepest) throw unreadable(`is nested more than ${deepest} levels deep`, 'Send a flatter document.');
  if (typeof value === 'string') refuseUnreadableText(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (forbiddenKeys.includes(key)) throw unreadable(`has the key "${key}", which is never taken`, 'Remove that key.');
    refuseUnreadableText(key);
    refuseUnreadable(member, depth + 1);
  }
}
