import * as z from 'zod';
import type { Scope } from '../../core/access/scope.ts';
import { KeysAnswer, type ListedKey, NewKeyAnswer } from '../../core/operator/api.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { pages } from './pages.ts';
import { columns } from './printable.ts';
import type { Session } from './session.ts';

export const scopesHelp = `
What a key may do:
  publish    send postmortems               people     import and list people
  read       look at editions and previews  configure  apply a distribution file
  send       send, pause and recall         keys       list, create and revoke keys; audit
  actions    close, move and import actions
  notices    have notices to customers asked, stopped and withdrawn; no key approves one

Example:
  afterword keys create "incident bot" --scope publish`;

/** Lists all keys without their secrets, oldest first. */
export async function listKeys({ api, terminal }: Session): Promise<ExitCode> {
  const keys: ListedKey[] = [];
  for await (const some of pages(api, 'operator/keys', KeysAnswer, (page) => page.keys)) keys.push(...some);
  keys.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const rows = keys.map(({ id, label, scopes, createdAt }) => [id, createdAt.slice(0, 10), scopes.join(' '), label]);
  terminal.say(...(rows.length > 0 ? columns(['ID', 'SINCE', 'MAY', 'LABEL'], rows) : ['There are no keys.']));
  terminal.answer({ keys });
  return exitCodes.ok;
}

/** Makes a key and prints it. It cannot be printed again. */
export async function createKey({ api, terminal }: Session, label: string, scopes: readonly Scope[]): Promise<ExitCode> {
  const body = JSON.stringify({ label, scopes });
  const { body: made } = await api({ method: 'POST', path: 'operator/keys', body, type: 'application/json' }, NewKeyAnswer);
  terminal.say(made.key);
  if (!terminal.json) {
    terminal.warn(`This is the key of "${made.label}" (${made.scopes.join(', ')}), id ${made.id}. Keep it now: it is not shown again.`);
  }
  terminal.answer(made);
  return exitCodes.ok;
}

/** Revokes a key. Whatever uses it is turned away from then on. */
export async function revokeKey({ api, terminal }: Session, id: string): Promise<ExitCode> {
  await api({ method: 'DELETE', path: `operator/keys/${encodeURIComponent(id)}` }, z.unknown());
  terminal.say(`Key ${id} is revoked.`);
  terminal.answer({ revoked: id });
  return exitCodes.ok;
}
