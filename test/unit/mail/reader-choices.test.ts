import { describe, expect, it } from 'vitest';
import { type AssembledMail, assembleMail, linkedIn, type MailReader } from '../../../core/mail/assemble.ts';
import type { ReaderChoices } from '../../../core/mail/card-forms.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { aDigest, order, type Told } from '../../support/digest.ts';
import { aReader } from '../../support/fragments.ts';

const made = (edition: EditionFragments, wishes: ReaderChoices, reader: Partial<MailReader> = {}): AssembledMail => {
  const mail = assembleMail(edition, { ...aReader(), wishes, ...reader });
  if (typeof mail === 'string') throw new Error(mail);
  return mail;
};
const cart: Told = { id: 'cart', severity: 'sev2', topics: ['service:cart', 'team:checkout'] };
const redis: Told = { id: 'redis', severity: 'sev4', topics: ['service:sessions', 'tech:redis'] };
const grave: Told = { id: 'grave', severity: 'sev1', topics: ['service:cart', 'tech:redis'] };
const unknown: Told = { id: 'unknown', severity: 'unclassified', topics: ['service:cart'] };

describe('what a reader leaves out', () => {
  const edition = aDigest([grave, cart, redis, unknown]);

  it('stays out, and the mail says that there was more and tells of it neither in its subject nor in its headline', () => {
    const mail = made(edition, { leaveOut: ['team:checkout'] });
    expect(order(mail)).toEqual(['head', 'figures', 'card grave', 'card redis', 'card unknown', 'there was more', 'promises', 'foot']);
    expect(mail).toMatchObject({ subject: 'Title grave, and two more incidents', cards: '2022' });
  });

  it('is never a Sev-1', () => {
    expect(made(edition, { leaveOut: ['service:cart', 'tech:redis'] }).cards).toBe('2000');
  });

  it('below a severity is not what nobody classified', () => {
    expect(made(edition, { least: 'sev2' }).cards).toBe('2202');
    expect(made(edition, { least: 'sev1' }).cards).toBe('2002');
    expect(made(edition, { least: 'sev4' }).cards).toBe('2222');
  });

  it('leaves no mail where nothing else is told, unless there is no more of it to leave out', () => {
    const small = aDigest([cart, redis]);
    const reader = (wishes: ReaderChoices, withheld: string[] = []) => ({ ...aReader({ withheld }), wishes });
    expect(assembleMail(small, reader({ least: 'sev1' }))).toBe('nothing chosen');
    expect(assembleMail(small, reader({ leaveOut: ['tech:redis'] }, ['cart']))).toBe('nothing chosen');
    expect(assembleMail(small, reader({ least: 'sev1' }, ['cart', 'redis']))).toBe('withheld');
    expect(made(aDigest([]), { least: 'sev1' }).text).toContain('news');
    expect(made({ ...small, standsWithoutCards: true }, { least: 'sev1' }).text).toContain('promises');
  });

  it('does not bring what is withheld into the subject again', () => {
    const mail = made(edition, { leaveOut: ['team:checkout'] }, { withheld: new Set(['grave']) });
    expect(mail).toMatchObject({ subject: 'Lessons of the week', cards: '0022' });
    expect(mail.text).toContain('no news');
  });

  it('keeps the subject of an edition whose cards have no titles from naming it', () => {
    const brief = { ...edition, blocks: edition.blocks.map((block) => (block.kind === 'card' ? { ...block, title: undefined } : block)) };
    expect(made(brief, { leaveOut: ['team:checkout'] }).subject).toBe('Lessons of the week');
    expect(made(brief, {}).subject).toBe('Title of all');
  });
});

describe('what a reader follows', () => {
  const edition = aDigest([grave, cart, redis, { ...unknown, section: 'late' }]);

  it('stands first under its reason, and the others after it', () => {
    const mail = made(edition, { follow: ['tech:redis'] });
    const followed = ['what you follow', 'you follow tech:redis', 'card grave', 'you follow tech:redis', 'card redis'];
    expect(order(mail)).toEqual([
      'head',
      'news',
      ...followed,
      'everything else',
      'card cart',
      'late heading',
      'card unknown',
      'promises',
      'foot',
    ]);
    expect(mail).toMatchObject({ subject: 'Title of all', cards: 'b2b2' });
  });

  it('needs no word between it and a section that has a heading', () => {
    const mail = made(edition, { follow: ['tech:redis', 'team:checkout'] });
    expect(mail.text).not.toContain('everything else');
    expect(mail.cards).toBe('bbb2');
  });

  it('stays out where it is left out as well', () => {
    expect(made(edition, { follow: ['service:cart'], leaveOut: ['team:checkout'] }).cards).toBe('a02a');
  });

  it('is shortened last', () => {
    const long = Array.from({ length: 12 }, (_, n): Told => ({ id: `p${n}`, topics: n === 11 ? ['tech:redis'] : [], size: [10, 0.1] }));
    expect(made(aDigest(long), {}).cards).toBe('222222221111');
    expect(made(aDigest(long), { follow: ['tech:redis'] }).cards).toBe('22222221111a');
  });

  it('makes no difference to an edition that has no place for it', () => {
    const { follow: _, ...brief } = edition;
    expect(made(brief, { follow: ['tech:redis'] }).cards).toBe('2222');
  });
});

it('a reader who wants no HTML gets none, and one who cannot leave another foot', () => {
  const edition = aDigest([cart]);
  expect(made(edition, {}, { isPlain: true })).toMatchObject({ html: '', cards: '2' });
  expect(order(made(edition, {}, { isMandatory: true })).at(-1)).toBe('foot without a way out');
});

it('a mail of a later release is made again with a line where its sign is unknown', () => {
  const edition = aDigest([grave, cart]);
  const mail = assembleMail(edition, { ...aReader(), cards: '27' });
  expect(mail).toMatchObject({ cards: '21' });
  expect(typeof mail === 'string' ? mail : order(mail)).toContain('line cart');
});

describe('a card whose text is no longer right', () => {
  const edition = aDigest([grave, cart, redis]);
  const corrected = new Set(['cart']);

  it('is a line with the notice, and so again when the mail is made again', () => {
    const mail = made(edition, {}, { corrected });
    expect(order(mail)).toEqual(['head', 'news', 'card grave', 'line cart', 'corrected', 'card redis', 'promises', 'foot']);
    expect(mail.html).toContain('<lines><line cart><corrected></lines>');
    expect(mail.cards).toBe('242');
    expect(made(edition, {}, { cards: mail.cards })).toEqual(mail);
    expect(made(edition, { leaveOut: ['service:cart'] }, { cards: mail.cards, corrected: new Set(['redis']) })).toEqual(mail);
  });

  it('is not shown first to those who follow it, stays left out, and withheld', () => {
    expect(made(edition, { follow: ['service:cart'] }, { corrected }).cards).toBe('a42');
    expect(made(edition, { leaveOut: ['service:cart'] }, { corrected }).cards).toBe('202');
    expect(made(edition, {}, { corrected, withheld: corrected }).cards).toBe('202');
  });

  it('stays a line with the notice however much has to be shortened', () => {
    const long = aDigest(Array.from({ length: 60 }, (_, n) => ({ id: `pm-${n}`, size: [20, 4] as const })));
    const mail = made(long, {}, { corrected: new Set(['pm-59']) });
    expect(mail.cards.at(-1)).toBe('4');
    expect(mail.html).toContain('<line pm-59>');
    expect(made(long, {}, { cards: mail.cards })).toEqual(mail);
  });

  it('stays as it is in an edition that was composed before there was a notice', () => {
    const { correctedNotice: _, ...old } = edition;
    expect(made(old, {}, { corrected }).cards).toBe('222');
  });
});

describe('a card that corrects an earlier edition', () => {
  const edition = aDigest([redis, { ...cart, section: 'corrected' }]);

  it('stays in its section for those who follow it', () => {
    const mail = made(edition, { follow: ['service:cart', 'tech:redis'] });
    expect(order(mail).slice(2)).toEqual([
      'what you follow',
      'you follow tech:redis',
      'card redis',
      'corrections',
      'card cart',
      'promises',
      'foot',
    ]);
  });

  it('is left out and withheld like any card', () => {
    expect(made(edition, { leaveOut: ['service:cart'] }).cards).toBe('20');
    expect(order(made(edition, {}, { withheld: new Set(['cart']) }))).not.toContain('corrections');
  });
});

describe('what matters to the team of a reader', () => {
  const team = 'team:payments';
  const edition = aDigest([
    { ...grave, teams: ['team:identity'] },
    { ...cart, teams: [team] },
    { ...redis, teams: ['team:identity', team] },
    { ...unknown, section: 'late' },
  ]);

  it('stands first of all, under its reason, in the order of the team', () => {
    const mail = made(edition, {}, { team });
    const forTeam = ['relevant to your team', 'you run cart', 'card cart', 'you run redis', 'card redis'];
    expect(order(mail)).toEqual([
      'head',
      'news',
      ...forTeam,
      'everything else',
      'card grave',
      'late heading',
      'card unknown',
      'promises',
      'foot',
    ]);
    expect(mail.cards).toBe('2AB2~1');
  });

  it('comes before what they follow, and what they follow is said to be followed', () => {
    const mail = made(edition, { follow: ['team:checkout'] }, { team });
    expect(order(mail).slice(2, 8)).toEqual([
      'relevant to your team',
      'you run redis',
      'card redis',
      'what you follow',
      'you follow team:checkout',
      'card cart',
    ]);
    expect(mail.cards).toBe('2bB2~1');
  });

  it('is nothing for another team, and for a reader without one', () => {
    expect(made(edition, {}, { team: 'team:search' }).cards).toBe('2222');
    expect(made(edition, {}).cards).toBe('2222');
    expect(made(edition, {}, { team: 'team:identity' }).cards).toBe('A2B2~0');
  });

  it('stays out where the reader left it out, and in its place where they called the reason not relevant', () => {
    expect(made(edition, { leaveOut: ['service:cart'], notRelevant: ['runs redis'] }, { team }).cards).toBe('2020');
  });

  it('is withheld as others are, and so is what its reason names', () => {
    expect(made(edition, {}, { team, withheld: new Set(['cart']) }).cards).toBe('20B2~1');
    const mail = made(edition, {}, { team, withheld: new Set(['earlier']) });
    expect(order(mail).slice(2, 6)).toEqual(['relevant to your team', 'you had one', 'card cart', 'you had one']);
  });

  it('is made again as it was, whatever team the reader is in by then', () => {
    const mail = made(edition, {}, { team });
    expect(made(edition, {}, { team: 'team:identity', cards: mail.cards })).toEqual(mail);
  });

  it('is a line in its place where its text is no longer right', () => {
    expect(made(edition, {}, { team, corrected: new Set(['cart']) }).cards).toBe('24B2~1');
  });

  it('is shortened after all others', () => {
    const long = Array.from(
      { length: 12 },
      (_, n): Told => ({
        id: `p${n}`,
        topics: n === 10 ? ['tech:redis'] : [],
        teams: n === 11 ? [team] : [],
        size: [25, 0.1],
      }),
    );
    expect(made(aDigest(long), { follow: ['tech:redis'] }, { team }).cards).toBe('2111111111aA~0');
  });

  it('is counted among what the mail links to', () => {
    const linked = { ...edition, relevant: undefined, blocks: edition.blocks };
    expect(linkedIn(linked, { cards: '2AB2~1', withheld: new Set() })).toEqual(linkedIn(edition, { cards: '2222', withheld: new Set() }));
  });

  it('is a line with the notice where its text is no longer right, for that team alone too', () => {
    const alone = aDigest([{ ...cart, teams: [team], onlyForTeams: true }]);
    const corrected = new Set(['cart']);
    const mail = made(alone, {}, { team, corrected });
    expect(order(mail)).toContain('corrected');
    expect(mail.cards).toBe('4');
    expect(made(alone, {}, { cards: mail.cards })).toEqual(mail);
    expect(assembleMail(alone, { ...aReader(), team: 'team:search', corrected })).toBe('nothing chosen');
  });

  it('may be for that team alone: others have no card, and hear nothing of one that was left out', () => {
    const alone = aDigest([{ ...cart, teams: [team], onlyForTeams: true }, { ...redis }]);
    expect(order(made(alone, {}, { team }))).toContain('card cart');
    const other = made(alone, { follow: ['service:cart'] }, { team: 'team:search' });
    expect(order(other)).toEqual(['head', 'news', 'card redis', 'promises', 'foot']);
    expect(other).toMatchObject({ cards: '02', subject: 'Title of all' });
    const single = aDigest([{ ...cart, teams: [team], onlyForTeams: true }]);
    expect(assembleMail(single, { ...aReader(), team: 'team:search' })).toBe('nothing chosen');
    expect(assembleMail(single, { ...aReader(), team, wishes: { notRelevant: ['runs cart'] } })).toBe('nothing chosen');
    // It does not hide that all the rest was withheld.
    expect(assembleMail(alone, { ...aReader(), team: 'team:search', withheld: new Set(['redis']) })).toBe('withheld');
    expect(assembleMail(single, { ...aReader(), team, withheld: new Set(['cart']) })).toBe('withheld');
  });
});
