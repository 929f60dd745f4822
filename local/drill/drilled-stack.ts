import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import { EditionAnswer } from '../../core/operator/api.ts';
import type { LocalStack } from '../stack.ts';
import { localApi } from '../start/api.ts';
import { localKey } from '../start/local-key.ts';
import type { SentMail } from './sent-twice.ts';

const Truth = z.array(z.object({ edition: z.string(), subscriber: z.string(), to: z.string() }));
const Mails = z.array(z.object({ text: z.string(), headers: z.record(z.string(), z.string()), tags: z.record(z.string(), z.string()) }));
const Denials = z.array(z.object({ message: z.string() }));
export type Mail = z.infer<typeof Mails>[number];

/** A local stack as a rehearsal uses it: its control routes, its API, and the real command line. */
export const drilledStack = ({ url, now }: Pick<LocalStack, 'url' | 'now'>) => {
  const { call } = localApi(url);
  const drain = async () => void (await call('POST', '/_local/drain'));
  return {
    url,
    now,
    call,
    drain,
    /**
     * Runs `sweep` several times, as if some minutes had passed. It continues what was left
     * unfinished or paused.
     */
    async sweep(times = 3) {
      for (let n = 0; n < times; n += 1) {
        await call('POST', '/_local/schedules/sweep/run', '{}');
        await drain();
      }
    },
    /** Moves the clock. Schedules that become due in that time are run. */
    async advance(duration: string) {
      await call('POST', '/_local/clock', JSON.stringify({ advance: duration }));
      await drain();
    },
    sent: async (): Promise<SentMail[]> => Truth.parse(await call('GET', '/_local/truth')),
    mailsTo: async (address: string) => Mails.parse(await call('GET', `/_local/inbox?to=${encodeURIComponent(address)}`)),
    denials: async () => Denials.parse(await call('GET', '/_local/denials')).map(({ message }) => message),
    edition: async (id: string) => EditionAnswer.parse(await call('GET', `/operator/editions/${id}`)),
    status: async (method: 'GET' | 'POST', path: string, body?: string) =>
      (
        await fetch(`${url}${path}`, {
          method,
          redirect: 'manual',
          ...(body !== undefined && { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
        })
      ).status,
    /** Never throws: a refused command is a valid answer. */
    async afterword(...words: readonly string[]): Promise<{ code: number; output: string }> {
      const argv = ['bin/afterword.ts', ...words, '--api', url, '--key', localKey];
      return promisify(execFile)(process.execPath, argv).then(
        ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
        (error: { code?: unknown; stdout?: string; stderr?: string }) => ({
          code: Number(error.code ?? 1),
          output: `${error.stdout ?? ''}${error.stderr ?? ''}`,
        }),
      );
    },
  };
};
export type DrilledStack = ReturnType<typeof drilledStack>;

/** The paths of the links in a mail that lead to this stack. */
export const linksIn = ({ text }: Pick<Mail, 'text'>, url: string): string[] => [
  ...new Set(
    [...text.matchAll(/https?:\/\/[^\s>)\]]+/g)].flatMap(([link]) => (link.startsWith(`${url}/`) ? [link.slice(url.length)] : [])),
  ),
];

/** The path to which a mail program posts a one-click unsubscribe. */
export function unsubscribePath({ headers }: Pick<Mail, 'headers'>): string {
  const [, link] = /<(https?:[^>]+)>/.exec(headers['List-Unsubscribe'] ?? '') ?? [];
  if (link === undefined) throw new Error('a mail has no List-Unsubscribe header');
  return new URL(link).pathname;
}
