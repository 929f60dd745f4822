import { expect, it } from 'vitest';
import { formProof, readSessionText, sessionText } from '../../../core/access/session.ts';
import { isOwnForm, type SessionDeps, sessionCookie, signedIn, signInFirst } from '../../../lambdas/shared/pages/current-session.ts';
import type { PageRequest } from '../../../lambdas/shared/pages/page-route.ts';
import { aSession } from '../../support/a-session.ts';
import { aProfile } from '../../support/delivery.ts';
import { sessionsInMemory } from '../../support/sessions-in-memory.ts';

const profile = aProfile({ role: 'engineering' });
const cookie = sessionText(profile.sid, new Uint8Array(32).fill(7));
const session = aSession({ sid: profile.sid, hash: readSessionText(cookie)?.hash });

const asking = (change: Partial<PageRequest> = {}): PageRequest => ({
  params: {},
  query: new URLSearchParams(),
  cookies: { [sessionCookie]: cookie },
  path: '/archive/engineering?q=cache',
  host: 'news.example.com',
  isHead: false,
  ifNoneMatch: '',
  userAgent: 'test',
  ip: '127.0.0.1',
  requestId: 'request-1',
  ...change,
});

function aWorld(change: { readonly now?: string; readonly profile?: typeof profile } = {}) {
  const sessions = sessionsInMemory(session);
  const deps: SessionDeps = {
    sessions,
    people: { readProfiles: async () => [change.profile ?? profile] },
    publicUrl: 'https://news.example.com',
    now: () => new Date(change.now ?? '2026-11-23T09:30:00Z'),
  };
  return { sessions, deps };
}

it('knows whoever signed in by the cookie alone', async () => {
  expect(await signedIn(asking(), aWorld().deps)).toEqual({ profile, session });
});

it.each([
  ['no cookie', {}],
  ['a cookie of another name', { afterword: cookie, '__Secure-afterword': cookie, '__host-afterword': cookie }],
  ['the hash in place of the secret', { [sessionCookie]: `${profile.sid}.${session.hash.slice(0, 43)}` }],
  ['a guessed secret', { [sessionCookie]: sessionText(profile.sid, new Uint8Array(32)) }],
  ['a secret of somebody else', { [sessionCookie]: sessionText('f'.repeat(32), new Uint8Array(32).fill(7)) }],
  ['more than a cookie', { [sessionCookie]: `${cookie}x` }],
  ['a key of the table', { [sessionCookie]: `${profile.sid}#session#${session.hash}` }],
])('knows nobody by %s', async (_, cookies) => {
  expect(await signedIn(asking({ cookies }), aWorld().deps)).toBeUndefined();
});

it('does not take a feed’s secret for a session', async () => {
  const { deps, sessions } = aWorld();
  await sessions.end(session);
  await sessions.put({ ...session, kind: 'feed' });

  expect(await signedIn(asking(), deps)).toBeUndefined();
});

it('notes a use at most hourly, and not of one that has ended', async () => {
  const soon = aWorld({ now: '2026-11-23T09:59:59Z' });
  await signedIn(asking(), soon.deps);
  expect(soon.sessions.touched()).toBe(0);

  const later = aWorld({ now: '2026-11-23T10:00:00Z' });
  await signedIn(asking(), later.deps);
  await signedIn(asking(), later.deps);
  expect(later.sessions.touched()).toBe(1);
  expect(await later.sessions.list(profile.sid)).toEqual([{ ...session, seenAt: '2026-11-23T10:00:00Z' }]);

  const suspended = aWorld({
    now: '2026-11-23T10:00:00Z',
    profile: { ...profile, suspended: { at: '2026-11-23T09:50:00Z', why: 'left' } as never },
  });
  expect(await signedIn(asking(), suspended.deps)).toBeUndefined();
  expect(suspended.sessions.touched()).toBe(0);
});

it('sends strangers to sign in and back, at the host of our cookies', () => {
  const here = { publicUrl: 'https://news.example.com' };
  const to = (change: Partial<PageRequest>) => signInFirst(asking(change), here);

  expect(to({})).toMatchObject({ statusCode: 303, headers: { location: '/sign-in?to=%2Farchive%2Fengineering%3Fq%3Dcache' } });
  expect(to({ host: 'NEWS.example.com:443' }).headers?.location).toBe('/sign-in?to=%2Farchive%2Fengineering%3Fq%3Dcache');
  expect(to({ host: 'abc.execute-api.eu-west-1.amazonaws.com' }).headers?.location).toBe(
    'https://news.example.com/archive/engineering?q=cache',
  );
  expect(to({ host: 'evil.example', path: '//evil.example/archive' }).headers?.location).toBe(
    'https://news.example.com//evil.example/archive',
  );
  expect(to({ host: 'evil.example', path: '/archive\r\nx: y' }).headers?.location).toBe('https://news.example.com/archivex:%20y');
  expect(to({ host: '' }).headers?.location).toContain('/sign-in?to=');
  const local = { publicUrl: 'http://localhost:7421' };
  expect(signInFirst(asking({ host: '127.0.0.1:7421' }), local).headers?.location).toBe(
    'http://localhost:7421/archive/engineering?q=cache',
  );
  expect(signInFirst(asking({ host: 'localhost:7421' }), local).headers?.location).toContain('/sign-in?to=');
});

it('knows a form by the session that showed it', () => {
  const form = (proof?: string) => ({ form: new URLSearchParams(proof === undefined ? {} : { proof }) });

  expect(isOwnForm(form(formProof(session)), { session })).toBe(true);
  expect(isOwnForm(form(formProof({ hash: 'b'.repeat(64) })), { session })).toBe(false);
  expect(isOwnForm(form(session.hash), { session })).toBe(false);
  expect(isOwnForm(form(), { session })).toBe(false);
});
