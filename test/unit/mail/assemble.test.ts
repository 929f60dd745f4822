import { describe, expect, it } from 'vitest';
import { assembleInPieces, assembleMail, htmlBudget } from '../../../core/mail/assemble.ts';
import { namedIn, placeholders } from '../../../core/mail/fragments.ts';
import { joined } from '../../../core/mail/mail-text.ts';
import { aCard, aFragment, anEdition, aReader } from '../../support/fragments.ts';

const made = (...args: Parameters<typeof assembleMail>) => {
  const mail = assembleMail(...args);
  if (typeof mail === 'string') throw new Error('nothing was made');
  return mail;
};

describe('blocks', () => {
  it('stand in order, lines of a run in one wrapping', () => {
    const edition = anEdition([
      { kind: 'fixed', fragment: aFragment('news') },
      aCard('a'),
      aCard('b', { usual: 'line' }),
      aCard('c', { usual: 'line' }),
      { kind: 'fixed', fragment: aFragment('end') },
    ]);
    const mail = made(edition, aReader());
    expect(mail.html).toBe('<head><news><card a><lines><line b><line c></lines><end><foot>');
    expect(mail.text).toBe('(head)(news)(card a)(lines)(line b)(line c)(/lines)(end)(foot)');
    expect(mail.cards).toBe('211');
  });

  it('leave out what is withheld, with the heading of an empty section', () => {
    const heading = { kind: 'heading', section: 'late', fragment: aFragment('late') } as const;
    const edition = anEdition([aCard('a'), aCard('b'), heading, aCard('c', { section: 'late' })]);
    expect(made(edition, aReader({ withheld: ['a', 'c'] }))).toMatchObject({ html: '<head><card b><foot>', cards: '020' });
    expect(made(edition, aReader({ withheld: ['b'] })).html).toBe('<head><card a><late><card c><foot>');
  });

  it('have a card that names another one without its name once that is withheld, wherever it stands', () => {
    const names = { postmortem: 'x', instead: aFragment('card a alone') };
    const edition = anEdition([aCard('a', { names, topics: ['team:a'] })]);
    expect(made(edition, aReader()).html).toBe('<head><card a><foot>');
    expect(made(edition, aReader({ withheld: ['x'] }))).toMatchObject({ html: '<head><card a alone><foot>', cards: '2' });
    expect(namedIn(edition)).toEqual(['a', 'x']);
  });

  it('are nothing when every card is withheld', () => {
    const edition = anEdition([{ kind: 'fixed', fragment: aFragment('news') }, aCard('a')]);
    expect(assembleMail(edition, aReader({ withheld: ['a'] }))).toBe('withheld');
  });

  it('may be without any card', () => {
    const quiet = anEdition([{ kind: 'fixed', fragment: aFragment('quiet') }]);
    expect(made(quiet, aReader({ withheld: ['a'] }))).toMatchObject({ html: '<head><quiet><foot>', cards: '' });
  });
});

describe('a withheld postmortem', () => {
  const edition = anEdition(
    [
      { kind: 'fixed', fragment: aFragment('news of a'), names: { postmortems: ['a'], instead: aFragment('news') } },
      aCard('a'),
      aCard('b'),
    ],
    { subject: 'About a', subjectNames: { postmortems: ['a'], instead: 'About incidents' } },
  );

  it('is not named in subject or headline either', () => {
    expect(made(edition, aReader({ withheld: ['a'] }))).toMatchObject({ subject: 'About incidents', html: '<head><news><card b><foot>' });
  });

  it('changes nothing where another one is withheld', () => {
    expect(made(edition, aReader({ withheld: ['b'] }))).toMatchObject({ subject: 'About a', html: '<head><news of a><card a><foot>' });
  });
});

describe('placeholders', () => {
  const everything = Object.values(placeholders).join(' ');
  const edition = anEdition([{ kind: 'fixed', fragment: { html: everything, text: everything } }]);

  it('are escaped in HTML and bare in text', () => {
    const mail = made(edition, aReader({ placeholders: { why: 'R&D <b>', read: 'https://x.example/?a=1&b="' } }));
    expect(mail.html).toContain('R&amp;D &lt;b&gt;');
    expect(mail.html).toContain('https://x.example/?a=1&amp;b=&quot;');
    expect(mail.text).toContain('R&D <b>');
  });

  it('put the tracker into HTML alone', () => {
    const mail = made(edition, aReader());
    expect(mail.html.match(/\{\{ses:openTracker\}\}/g)).toHaveLength(1);
    expect(mail.text).not.toContain('ses:');
  });

  it('let no reason become a placeholder of SES or of ours', () => {
    const mail = made(edition, aReader({ placeholders: { why: `{{ses:openTracker}} ${placeholders.unsubscribe}` } }));
    expect(mail.html.match(/\{\{/g)).toHaveLength(1);
    expect(mail.text).not.toContain('{{');
    expect(mail.text.match(/unsubscribe\/t/g)).toHaveLength(1);
  });
});

describe('the budget', () => {
  const many = (n: number, cardSize: number, lineSize: number) =>
    Array.from({ length: n }, (_, i) =>
      aCard(`p${i}`, {
        card: { html: `<card ${i}>${'é'.repeat(cardSize / 2)}`, text: `(card ${i})` },
        line: { html: `<line ${i}>${'x'.repeat(lineSize)}`, text: `(line ${i})` },
      }),
    );

  it('turns later cards of 121 into lines, and says so once', () => {
    const mail = made(anEdition([...many(121, 4000, 300), { kind: 'fixed', fragment: aFragment('end') }]), aReader());
    expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(htmlBudget);
    expect(mail.cards).toMatch(/^2+1+$/);
    expect(mail.cards).toHaveLength(121);
    expect(mail.html.match(/<cut>/g)).toHaveLength(1);
    expect(mail.html).toMatch(/<card \d+>é+<cut><lines><line/);
    expect(mail.html).toMatch(/<\/lines><end><foot>$/);
  });

  it('keeps as many cards as fit', () => {
    const mail = made(anEdition(many(121, 4000, 300)), aReader());
    const cards = mail.cards.lastIndexOf('2') + 1;
    expect(Buffer.byteLength(mail.html)).toBeGreaterThan(htmlBudget - 4000);
    expect(cards).toBeGreaterThan(10);
  });

  it('leaves the last lines to the text part when even lines are too many', () => {
    const mail = made(anEdition(many(121, 4000, 1000)), aReader());
    expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(htmlBudget);
    expect(mail.html).not.toContain('<line 120>');
    expect(mail.text.match(/\((?:card|line) \d+\)/g)).toHaveLength(121);
    expect(mail.cards).toBe(`222${'1'.repeat(118)}`);
    expect(mail.html.match(/<cut>/g)).toHaveLength(1);
  });

  it('turns a single card that is too large into a line', () => {
    const mail = made(anEdition(many(1, 100_000, 300)), aReader());
    expect(mail.cards).toBe('1');
  });

  it('counts bytes of the finished mail, the reader’s links included', () => {
    const linked = anEdition([aCard('a', { card: { html: `${placeholders.read}${'x'.repeat(htmlBudget - 100)}`, text: '' } })]);
    expect(made(linked, aReader({ placeholders: { read: 'r' } })).cards).toBe('2');
    expect(made(linked, aReader({ placeholders: { read: 'r'.repeat(100) } })).cards).toBe('1');
  });

  it('gives the same bytes for the same reader', () => {
    const edition = anEdition(many(60, 4000, 300));
    expect(assembleMail(edition, aReader())).toEqual(assembleMail(edition, aReader()));
  });
});

describe('a writing', () => {
  it('is asked once for each piece of a fragment, and once for each value of a reader', () => {
    const asked: string[] = [];
    const writing = (text: string) => {
      asked.push(text);
      return `[${text}]`;
    };
    const edition = anEdition([{ kind: 'fixed', fragment: { html: `a${placeholders.read}b${placeholders.read}`, text: '' } }]);
    const htmlFor = (read: string) => {
      const mail = assembleInPieces(edition, aReader({ placeholders: { read } }), writing);
      return typeof mail === 'string' ? mail : joined(mail.html);
    };
    expect(htmlFor('r1')).toBe('[<head>][a][r1][b][r1][][<foot>]');
    expect(htmlFor('r2')).toBe('[<head>][a][r2][b][r2][][<foot>]');
    expect(asked.filter((text) => text === 'a')).toHaveLength(1);
    expect(asked.filter((text) => text === 'r2')).toHaveLength(2);
  });

  it('changes nothing of what is chosen: the budget counts bytes before writing', () => {
    const edition = anEdition([aCard('a', { card: { html: 'x'.repeat(htmlBudget / 2), text: '' } })]);
    expect(assembleInPieces(edition, aReader(), (text) => text.repeat(3))).toMatchObject({ cards: '2' });
  });
});
