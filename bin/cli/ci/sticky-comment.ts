import * as z from 'zod';
import type { Request } from './ci-run.ts';
import { marker } from './comment-text.ts';

const timeoutMs = 15_000;
const perPage = 100;
/** Nobody reads a request with more comments than this. */
const mostPages = 30;

const Note = z.object({
  id: z.int(),
  body: z.string().nullish(),
  /** Of GitHub, of GitLab. */
  user: z.object({ type: z.string() }).nullish(),
  author: z.object({ id: z.int() }).nullish(),
});
type Note = z.infer<typeof Note>;

/** What became of the comment. `problem`: it was not put, and why. */
export type Put = 'added' | 'changed' | 'as before' | 'none' | { readonly problem: string };

/**
 * Puts the one comment of ours on a request, or changes the one that is there. `adds` false:
 * changes it only. Never throws: a run does not fail because it may not comment.
 */
export async function putComment({ system, comments, token }: Request, text: string, adds: boolean): Promise<Put> {
  if (!token) return { problem: 'there is no token' };
  const call = callerOf(system, token);
  try {
    const ours = await findOurs(call, comments, system);
    if (!ours) {
      if (!adds) return 'none';
      await call('POST', comments, { body: text });
      return 'added';
    }
    if (ours.body?.trim() === text.trim()) return 'as before';
    const one =
      system === 'github' ? `${comments.replace(/\/issues\/\d+\/comments$/, '/issues/comments')}/${ours.id}` : `${comments}/${ours.id}`;
    await call(system === 'github' ? 'PATCH' : 'PUT', one, { body: text });
    return 'changed';
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return { problem: 'an answer was not that of the API' };
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

type Call = (method: string, address: string, body?: object) => Promise<unknown>;

const callerOf =
  (system: Request['system'], token: string): Call =>
  async (method, address, body) => {
    const response = await fetch(address, {
      method,
      headers: {
        ...(system === 'github' ? { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' } : { 'private-token': token }),
        'content-type': 'application/json',
        'user-agent': 'afterword',
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual', // the token must not be sent to another address
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: Error) => {
      throw new Error(`${method} got no answer (${error.name === 'TimeoutError' ? 'it took too long' : 'no connection'})`);
    });
    if (!response.ok) throw new Error(`${method} was answered ${response.status}`);
    return response.json();
  };

/** Ours begins with the marker, and somebody else cannot have written it. */
async function findOurs(call: Call, comments: string, system: Request['system']): Promise<Note | undefined> {
  const me =
    system === 'gitlab' ? z.object({ id: z.int() }).parse(await call('GET', comments.replace(/\/projects\/.*/, '/user'))).id : undefined;
  const isOurs = ({ body, user, author }: Note) =>
    body?.startsWith(marker) && (system === 'github' ? user?.type === 'Bot' : author?.id === me);
  for (let page = 1; page <= mostPages; page += 1) {
    const notes = z.array(Note).parse(await call('GET', `${comments}?per_page=${perPage}&page=${page}`));
    const ours = notes.find(isOurs);
    if (ours || notes.length < perPage) return ours;
  }
  return undefined;
}
