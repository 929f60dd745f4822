import { describe, expect, it } from 'vitest';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { hardAlert, weeks } from '../../support/five-weeks.ts';
import { expectWellFramed } from '../../support/harmless-mail.ts';
import { samples } from '../../support/samples/samples.ts';
import { aSentMail } from '../../support/sent-mail.ts';
import { signedBySes, verdict } from '../../support/signed-by-ses.ts';

/**
 * What relays do to a mail, and a relaxed signature has to bear: headers folded elsewhere, blanks
 * at the end of lines.
 */
const relayed = (raw: Buffer): Buffer => {
  const [head = '', ...rest] = raw.toString('latin1').split('\r\n\r\n');
  const unfolded = head.replace(/^(Subject|List-Unsubscribe): /gim, '$1:\r\n ');
  return Buffer.from([unfolded, ...rest].join('\r\n\r\n'), 'latin1');
};

const editions: [string, EditionFragments, Parameters<typeof aSentMail>[1]][] = [
  ...Object.entries(samples).map(([name, fragments]): [string, EditionFragments, object] => [name, fragments, {}]),
  ...Object.entries(weeks).map(([name, { fragments }]): [string, EditionFragments, object] => [`the week ${name}`, fragments, {}]),
  ['the hard alert', hardAlert, { stream: 'sev1-alerts', incident: 'hard' }],
  ['a sender in other scripts', samples.digest, { sender: `Größe & Söhne, „Vorfälle“ ${'שלום '.repeat(12)}` }],
];

describe.each(editions)('%s', (_, fragments, options) => {
  const raw = aSentMail(fragments, options);

  it('bears a signature over its headers, one-click way out included, on its way through relays', async () => {
    const mail = await signedBySes(raw);
    expect(await verdict(mail)).toMatchObject({
      result: 'pass',
      covers: expect.stringMatching(/List-Unsubscribe-Post: List-Unsubscribe:/),
    });
    expect(await verdict(relayed(mail))).toMatchObject({ result: 'pass' });
  });

  it('is framed as RFC 5322 asks', () => {
    expectWellFramed(raw);
  });
});

it('a changed subject, way out or word is noticed', async () => {
  const mail = (await signedBySes(aSentMail(samples.digest))).toString('latin1');
  const changed = [mail.replace('Subject: R', 'Subject: r'), mail.replace('/u/v1.', '/u/v2.'), mail.replace('database', 'datebase')];
  for (const one of changed) {
    expect(one).not.toBe(mail);
    expect((await verdict(Buffer.from(one, 'latin1'))).result).toBe('fail');
  }
});
