import { describe, expect, it } from 'vitest';
import type { Known } from '../../../core/notice/lint/known.ts';
import { lint, lintAtOnce } from '../../../core/notice/lint/lint.ts';
import { lintContext } from '../../../core/notice/lint/lint-context.ts';

const known: Known = {
  organisation: 'Northwind',
  domains: ['northwind.example'],
  internalDomains: ['nw-inside.example'],
  contacts: ['https://northwind.example/support', 'help@northwind.example'],
  products: ['Checkout', 'Send-2-All'],
  people: ['Ruth Ábara', 'Tom Lindqvist', 'Will Page', 'Anke Brückner', '佐藤健'],
  names: ['Project Falcon', 'Marigold', 'Nachtfalter'],
  customers: ['Harrow & Pike', 'Stadtwerke Rauental'],
  teams: ['Payments Core'],
  services: ['ledger-writer'],
  severities: ['Prio 1'],
  doNotSay: ['Card numbers were visible to another merchant.'],
};
const context = lintContext(known);
const remarksOn = (body: string) => lintAtOnce({ title: 'Payments were slow', body }, context);
/** Level and rule of each finding. */
const found = (body: string) => [...new Set(remarksOn(body).map(({ level, rule }) => `${level} ${rule}`))];

describe('what must not leave is found', () => {
  it.each([
    ['in a paragraph', 'We moved Project Falcon.'],
    ['split by markup', 'We moved **Pro**ject *Fal*con.'],
    ['split by a link', 'We moved Pro[ject Fal](https://northwind.example)con.'],
    ['split by HTML', 'We moved Pro<b>ject</b> Falcon.'],
    ['over two lines', 'We moved Project\nFalcon.'],
    ['in capitals', 'PROJECT FALCON moved.'],
    ['in full width', 'We moved Ｐｒｏｊｅｃｔ Ｆａｌｃｏｎ.'],
    ['with a letter of another alphabet', 'We moved Prоject Fаlcon.'],
    ['with letters that nobody sees', 'We moved Pro\u200bject Fal\u2060con.'],
    ['with accents', 'We moved Próject Falcón.'],
    ['as one word', 'We moved ProjectFalcon.'],
    ['with a hyphen', 'We moved project-falcon.'],
    ['in inline code', 'We moved `project_falcon`.'],
    ['in a block of code', '```\nmove("project falcon")\n```'],
    ['in a heading', '## Project Falcon\n\nIt moved.'],
    ['in a list', '- a\n  - Project Falcon'],
    ['in a table', '| What |\n|---|\n| Project Falcon |'],
    ['in a quotation', '> > Project Falcon'],
    ['in a footnote', 'It moved.[^1]\n\n[^1]: Project Falcon'],
    ['in a footnote that nothing refers to', 'It moved.\n\n[^1]: Project Falcon'],
    ['in the name of a footnote', 'It moved.[^project-falcon]\n\n[^project-falcon]: In the night.'],
    ['in the address of a link', '[here](https://northwind.example/changes/project-falcon)'],
    ['in an address with percent signs', '[here](https://northwind.example/project%2Dfal%63on)'],
    ['in the title of a link', '[here](https://northwind.example "Project Falcon")'],
    ['in the text of a picture', '![Project Falcon](https://northwind.example/a.png)'],
    ['in a definition', '[here][1]\n\n[1]: https://northwind.example/project-falcon'],
    ['in a definition that nothing refers to', 'Hello.\n\n[1]: https://northwind.example/ "Project Falcon"'],
    ['in a tag of HTML', '<p title="Project Falcon">It moved.</p>'],
    ['in the language of a block of code', '```sh project-falcon\nls\n```'],
    ['in Base64', `[here](https://northwind.example/?r=${Buffer.from('about project-falcon').toString('base64')})`],
  ])('%s', (_, body) => {
    expect(found(body)).toContain('refuse code name');
  });

  it.each([
    ['refuse hidden text', 'Hello.\n\n<!-- ask legal -->'],
    ['refuse hidden text', 'Hello <!-- ask legal --> there.'],
    ['refuse hidden text', '[//]: # (ask legal)\n\nHello.'],
    ['refuse hidden text', '<p style="display: none">ask legal</p>'],
    ['refuse hidden character', 'Hel\u200blo.'],
    ['refuse hidden character', 'Hello \u202eolleh\u202c.'],
    ['refuse hidden character', 'Hello.\u{e0061}\u{e0062}'],
    ['refuse lookalike letter', 'Jоnas was here.'],
    ['refuse person', 'Thanks to Ruth Abara.'],
    ['refuse person', 'Thanks to T. Lindqvist.'],
    ['refuse person', 'Thanks to Lindqvist, Tom.'],
    ['refuse person', 'Dank Anke Brueckners Hilfe.'],
    ['refuse person', 'Logged in as tlindqvist.'],
    ['refuse person', '担当は佐藤健です。'],
    ['look person', 'Thanks to Lindqvist.'],
    ['look person', 'TL found it.'],
    ['refuse code name', 'Die Nachtfalter-Umstellung.'],
    ['refuse code name', 'Die Nachtfalterumstellung.'],
    ['refuse customer', 'A payout by Harrow &amp; Pike.'],
    ['refuse customer', 'A payout by Harrow and Pike.'],
    ['refuse customer', 'VON DEN STADTWERKEN RAUENTAL'],
    ['look team', 'Payments Core mended it.'],
    ['look service', 'The ledger-writer stopped.'],
    ['look severity', 'It was a Prio 1.'],
    ['look severity', 'It was a P1.'],
    ['refuse address of a network', 'From 10.8.14.3 on.'],
    ['refuse address of a network', 'From 10[.]8[.]14[.]3 on.'],
    ['refuse address of a network', 'From fd3a:9c1e:77::14 on.'],
    ['refuse address of a network', 'From 169.254.7.1 on.'],
    ['refuse address of a network', 'See http://3232235777/.'],
    ['refuse address of a network', '[it](http://0x0a080e03/x)'],
    ['refuse address of a network', 'On 0x0a.0x08.0x0e.0x03:5432.'],
    ['refuse host', 'It moved.[^db1.nw-inside.example]\n\n[^db1.nw-inside.example]: In the night.'],
    ['look address of a network', 'From 45.67.89.128/28 on.'],
    ['refuse host', 'It ran on db-07.prod.internal:5432.'],
    ['refuse host', 'See [it](https://wiki.northwind.example/x).'],
    ['refuse host', 'See https://nw-inside.example.'],
    ['refuse link', '[x](https://northwind.atlassian.net/browse/PAY-1)'],
    ['refuse link', 'It was agreed in meet.google.com/abc-defg-hij.'],
    ['refuse link', '<slack://channel?team=T1&id=C1>'],
    ['look link', 'See PAY-1234.'],
    ['look link', 'https://github.com/northwind/x/pull/1'],
    ['refuse mailbox', 'Ask ruth.abara@northwind.example.'],
    ['refuse mailbox', 'Ask ruth.abara (at) northwind (dot) example.'],
    ['look mailbox', 'Ask billing@northwind.example.'],
    ['refuse handle', 'Ask @ruth.'],
    ['look handle', 'Follow @northwind_status.'],
    ['refuse account', '`arn:aws:s3:::nw-prod-482109375516`'],
    ['refuse account', 'In our AWS account 482109375516.'],
    ['refuse secret', '`postgres://app:n0t-a-pw@db.example.org/x`'],
    ['look random word', 'Reference Zk3vQ9xTn2LpW8rYb5Ms7Df1.'],
    ['refuse not to be said', 'Card numbers were **visible** to another merchant.'],
    ['look not to be said', 'Card numbers were not visible to another merchant.'],
    ['look cause', 'It was human error.'],
    ['look cause', 'One of our engineers mistakenly typed a name.'],
    ['look number of customers', 'It concerned 1,204 merchants.'],
    ['look blank of a template', 'On [DATE] it stopped.'],
  ])('%s: %s', (finding, body) => {
    expect(found(body)).toContain(finding);
  });
});

describe('what customers may read is left alone', () => {
  it.each([
    'Use Checkout or Send-2-All, or ask help@northwind.example at https://northwind.example/support.',
    'Read https://docs.northwind.example/api and [the status](https://status.northwind.example/incidents/1).',
    'Allow 203.0.113.10, 198.51.100.0/24 and 2001:db8::1. It runs on 127.0.0.1.',
    'Turn the page, and you will see. May we help?',
    'See RFC-5321, CVE-2026-00000, ISO-2022-JP, UTF-8 and section 4.5.3.1.6.',
    'Order 100482750931 for €1,249.00, image sha256:9c4e1f6b0a2d83757be1946a0c5df82e3b7190d4f8a65c21e07b39d5f4a8c610.',
    'Write to jane+news@example.com. `npm install @northwind/client@5.1.1`',
    'A key begins with `sk_live_`. Set `DEPLOY_TOKEN: YOUR_TOKEN`.',
    'Emoji 👩‍💻 and 👨‍👩‍👧 and ❤️‍🔥 stay, and so do می‌خواهم, क्‍ष and 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}.',
    'Aucun message n’a été perdu. Störung von 9:12 bis 10:47 Uhr. 日本語の文。',
    '```json\n{ "a": [1, 2] }\n```',
  ])('%s', (body) => {
    expect(remarksOn(body)).toEqual([]);
  });
});

describe('a remark', () => {
  const body = 'From 10.8.14.3 to 10.8.14.3, as in PAY-1234.';

  it('has the same id each time, and stands once for each part of the text', () => {
    const [first, second] = [1, 2].map(() => lintAtOnce({ title: '10.8.14.3', body }, context));

    expect(first).toEqual(second);
    expect(first?.map(({ part, level, found: text }) => [part, level, text])).toEqual([
      ['title', 'refuse', '10.8.14.3'],
      ['body', 'refuse', '10.8.14.3'],
      ['body', 'look', 'PAY-1234'],
    ]);
    expect(new Set(first?.map(({ id }) => id)).size).toBe(3);
  });

  it('says what to do', () => {
    for (const { remedy } of remarksOn(body)) expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('quotes a letter of another alphabet as it stands there', () => {
    expect(remarksOn('Thanks to Tоm Lindqvist.').map(({ found: text }) => text)).toContain('Tоm Lindqvist');
  });
});

describe('secrets', () => {
  const finder = (...secrets: string[]) => ({
    find: async (text: string) => secrets.filter((one) => text.includes(one)).map((one) => ({ found: one, what: 'a key' })),
  });

  it('are refused where the finder finds them, in what is read of the text as well', async () => {
    const remarks = await lint({ title: 'T', body: 'It is abc\u200b-secret.' }, context, finder('abc-secret'));

    expect(remarks.map(({ rule, level, found: text }) => [rule, level, text])).toContainEqual(['secret', 'refuse', 'abc-secret']);
  });

  it('that could not be looked for fail the lint', async () => {
    const broken = { find: () => Promise.reject(new Error('no rules')) };

    await expect(lint({ title: 'T', body: 'B' }, context, broken)).rejects.toThrow('no rules');
  });
});

describe('texts that were made to be slow', () => {
  const hostile = [
    'a',
    '@',
    'a.',
    'a@',
    '10.',
    'a-',
    '(at)',
    'eyJ',
    '[',
    '![',
    '<!--',
    'https://a:',
    '\u200b',
    'xoxb-',
    'Project ',
    'one of our ',
    '%41',
    'é',
    '-----BEGIN ',
  ];

  it.each(hostile)('of %j lose no finding behind them', (piece) => {
    const body = `${piece.repeat(Math.floor(18_000 / piece.length))}\n\n10.8.14.3 and Harrow & Pike\n`;

    expect(
      found(body).filter((one) => one === 'refuse address of a network' || one === 'refuse customer' || one === 'refuse too many remarks')
        .length,
    ).toBeGreaterThan(0);
  });

  it('with more remarks than anybody looks at are refused', () => {
    const body = Array.from({ length: 300 }, (_, n) => `PAY-${n + 1000}`).join(' ');

    expect(remarksOn(body).at(-1)).toMatchObject({ level: 'refuse', rule: 'too many remarks' });
  });
});

it('refuses a mailbox of the organisation where its domain is one of documentation', () => {
  const own = lintContext({ ...known, domains: ['example.com'] });
  const rulesIn = (body: string) => lintAtOnce({ title: 'Payments were slow', body }, own).map(({ level, rule }) => `${level} ${rule}`);

  expect(rulesIn('Ask amara.okafor@example.com.')).toContain('refuse mailbox');
  expect(rulesIn('Ask amara.okafor@example.org.')).toEqual([]);
});
