import { expect, it } from 'vitest';
import { log, withoutSecrets } from '../../../lambdas/shared/logger.ts';

/** What is written on standard output and standard error meanwhile. */
function written(act: () => void): string {
  const pieces: string[] = [];
  const streams = [process.stdout, process.stderr];
  const kept = streams.map((stream) => stream.write);
  for (const stream of streams) stream.write = (piece: unknown) => pieces.push(String(piece)) > 0;
  try {
    act();
  } finally {
    for (const [i, stream] of streams.entries()) stream.write = kept[i] ?? stream.write;
  }
  return pieces.join('');
}

it.each([
  ['nobody at ada.lovelace+x@mail.example.com here', 'nobody at [address] here'],
  ["<o'brien@example.com>", '<[address]>'],
  ['Bearer aw_abc-def', '[secret]'],
  ['/prefs/v1.k1.eyJhIjoxfQ.c2lnbmF0dXJl', '/prefs/[secret]'],
  ['invalid token xoxb-12-abc', 'invalid token [secret]'],
  ['GET /s/0123456789abcdefghijklmnopq', 'GET [secret]'],
  ['node_modules/@aws-sdk/client', 'node_modules/@aws-sdk/client'],
])('takes addresses and secrets out of %j', (text, expected) => {
  expect(withoutSecrets(text)).toBe(expected);
});

it('keeps addresses out of the log even when an error brings one along', () => {
  const cause = new Error('eve@example.com');
  const line = written(() => log.error('failed for bob@example.com', new Error('ada@example.com', { cause })));
  expect(line).toContain('failed for [address]');
  expect(line).not.toContain('@example.com');
});
