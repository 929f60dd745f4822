import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

const readActions = (markdown: string) => fromMarkdown(`# A title\n\nThe lead.\n\n## Action items\n\n${markdown}\n`);
const promises = (markdown: string) => readActions(markdown).postmortem.actionItems;
const promise = (line: string) => promises(`- ${line}`)[0];

describe('the state of a promise', () => {
  it.each([
    ['[x] Drain first', 'done'],
    ['[-] Drain first', 'declined'],
    ['[~] Drain first', 'in-progress'],
    ['✅ Drain first', 'done'],
    ['✔️ Drain first', 'done'],
    ['❌ Drain first', 'declined'],
    ['🚧 Drain first', 'in-progress'],
    ['⏳ In progress: Drain first', 'in-progress'],
    ['🟡 Drain first', 'in-progress'],
    ['🟢 Drain first', 'done'],
    ['🔴 Drain first', 'open'],
    ['Drain first ✅', 'done'],
    ['~~Drain first~~', 'done'],
    ['[x] ~~Drain first~~', 'done'],
    ['[ ] ~~Drain first~~', 'declined'],
    ['~~Drain first~~ (Won’t do)', 'declined'],
    ['Drain first (Done)', 'done'],
    ['Drain first (Rosa Lind, done)', 'done'],
    ['Drain first – in progress', 'in-progress'],
    ['Drain first **DONE**', 'done'],
    ['**[DONE]** Drain first', 'done'],
    ['**Done:** Drain first', 'done'],
    ['Drain first. Status: In Progress', 'in-progress'],
    ['Drain first TODO', 'open'],
    ['Drain first (erledigt)', 'done'],
    ['Drain first (en cours)', 'in-progress'],
    ['Drain first（対応済み）'.replace('（', '(').replace('）', ')'), 'done'],
    ['[ ] Drain first (in progress)', 'in-progress'],
    ['[x] Drain first (declined)', 'declined'],
    [':white_check_mark: Drain first', 'done'],
    ['[ ] 🟡 Drain first', 'open'],
    ['~~Drain first~~ entfällt', 'declined'],
    ['Drain first, in Arbeit', 'in-progress'],
    ['Drain first（进行中）', 'in-progress'],
  ])('of "%s" is %s, and no word of it is left in the title', (line, status) => {
    expect(promise(line)).toMatchObject({ title: 'Drain first', status });
  });

  it.each([
    'Make sure that the migration is done',
    'Replace the old host (live)',
    'Explain why the ticket was closed',
    'Review: who may deploy',
  ])('is open where "%s" only uses such a word', (line) => {
    expect(promise(line)).toEqual({ title: line, status: 'open' });
  });
});

describe('who and when of a promise', () => {
  it.each([
    ['Drain first. Owner: Rosa Lind. Due: 2026-12-05', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['Drain first Owner: Rosa Lind Due: Dec 5, 2026', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['Drain first (Plattform, 2026-12-05)', { owner: 'Plattform', due: '2026-12-05' }],
    ['Drain first (Verantwortlich: Rosa Lind, fällig: 2026-12-05)', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['Drain first — Responsable: Rosa Lind — Échéance: 2026-12-05', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['Drain first (担当: 田中, 期限: 2026-12-05)', { owner: '田中', due: '2026-12-05' }],
    ['Drain first [Rosa Lind] [2026-12-05]', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['[Platform team] Drain first (due 2026-12-05)', { owner: 'Platform team', due: '2026-12-05' }],
    ['Platform team: Drain first by 2026-12-05', { owner: 'Platform team', due: '2026-12-05' }],
    ['Drain first — Rosa Lind, 2026-12-05', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['Drain first | Rosa Lind | 2026-12-05', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['@rosa: Drain first, 2026-12-05', { owner: 'rosa', due: '2026-12-05' }],
    ['Drain first @rosa @tim 📅 2026-12-05', { owner: 'rosa, tim', due: '2026-12-05' }],
    ['Drain first, assigned to Rosa Lind, due 2026-12-05', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['Drain first — Rosa — 2026-12-05', { owner: 'Rosa', due: '2026-12-05' }],
    ['Drain first -> payments, by 2026-12-05', { owner: 'payments', due: '2026-12-05' }],
    ['Drain first (Rosa)', { owner: 'Rosa' }],
    ['Drain first (verantwortlich: Rosa Lind, bis 05.12.2026)', { owner: 'Rosa Lind', due: '2026-12-05' }],
    ['Drain first（田中、2026-12-05）', { owner: '田中', due: '2026-12-05' }],
    ['Drain first, Betriebsteam, bis 2026-12-05', { owner: 'Betriebsteam', due: '2026-12-05' }],
    ['Drain first（担当：山本、期限：2026年12月5日）', { owner: '山本', due: '2026-12-05' }],
    ['Drain first: **In progress**, owner Rosa, due 2026-12-05', { owner: 'Rosa', due: '2026-12-05', status: 'in-progress' }],
    ['Drain first – *unassigned*', {}],
    ['Drain first (TBD)', {}],
    ['Drain first (DRI: @rosa, ETA: 2026-12-05)', { owner: 'rosa', due: '2026-12-05' }],
  ])('as in "%s" are told', (line, told) => {
    expect(promise(line)).toEqual({ title: 'Drain first', status: 'open', ...told });
  });

  it('are kept as words where they are no day', () => {
    expect(promise('Drain first by end of Q1')?.title).toBe('Drain first by end of Q1');
    expect(promise('Drain first. Owner: Jo. Due: ASAP')).toMatchObject({ title: expect.stringContaining('Due: ASAP'), owner: 'Jo' });
  });

  it('are days in the order that the text shows', () => {
    const dues = (markdown: string) => promises(markdown).map(({ due }) => due);
    expect(dues('- Drain first (Rosa, 02/10/2026)\n- Alert later (Tim, 18/10/2026)')).toEqual(['2026-10-02', '2026-10-18']);
    expect(dues('- Drain first (Rosa, 02/10/2026)\n- Alert later (Tim, 10/18/2026)')).toEqual(['2026-02-10', '2026-10-18']);
    expect(dues('- Vider la file avant les autres (Rosa, 02/10/2026)')).toEqual(['2026-10-02']);
    expect(promise('Drain the pool before the others (Rosa, 02/10/2026)')).toEqual({
      title: 'Drain the pool before the others',
      owner: 'Rosa',
      status: 'open',
    });
    expect(readActions('- Drain the pool before the others (Rosa, 02/10/2026)').postmortem.sections[0]?.body).toContain('02/10/2026');
  });

  it('are no part of a sentence', () => {
    expect(promise('Ask @jo how it is measured')).toEqual({ title: 'Ask @jo how it is measured', status: 'open' });
    expect(promise('Update the page (see the wiki)')).toEqual({ title: 'Update the page (see the wiki)', status: 'open' });
    expect(promise('Move the host (EU only)')).toEqual({ title: 'Move the host (EU only)', status: 'open' });
    expect(promise('Measure it again – Grafana')).toEqual({ title: 'Measure it again – Grafana', status: 'open' });
  });

  it('are single names where the other lines end with names too', () => {
    expect(promises('- Drain first – Rosa\n- Alert later – Tim').map(({ owner }) => owner)).toEqual(['Rosa', 'Tim']);
  });
});

describe('what names a promise', () => {
  it.each([
    ['OPS-77: Drain first', { id: 'OPS-77' }],
    ['OPS-77 Drain first', { id: 'OPS-77' }],
    ['[OPS-77] Drain first', { id: 'OPS-77' }],
    ['#123 - Drain first', { id: '#123' }],
    ['Drain first (#123)', { id: '#123' }],
    ['Drain first ([OPS-77](https://t.example.com/browse/OPS-77))', { id: 'OPS-77', link: 'https://t.example.com/browse/OPS-77' }],
    ['[OPS-77](https://t.example.com/browse/OPS-77): Drain first', { id: 'OPS-77', link: 'https://t.example.com/browse/OPS-77' }],
    ['[Drain first](https://t.example.com/browse/OPS-77)', { link: 'https://t.example.com/browse/OPS-77' }],
    ['Drain first (https://github.com/acme/pool/issues/12)', { link: 'https://github.com/acme/pool/issues/12' }],
    ['**[P1]** Drain first', { priority: 'P1' }],
    ['P1: Drain first', { priority: 'P1' }],
    ['Drain first (High)', { priority: 'High' }],
    ['[Prevent] Drain first', { kind: 'Prevent' }],
    ['acme/pool#77 Drain first', { id: 'acme/pool#77' }],
  ])('as in "%s" is told', (line, told) => {
    expect(promise(line)).toEqual({ title: 'Drain first', status: 'open', ...told });
  });

  it('keeps the address of each further link', () => {
    expect(promise('Drain [first](https://a.example.com/a) and [then](https://a.example.com/b)')).toEqual({
      title: 'Drain first and then (https://a.example.com/b)',
      link: 'https://a.example.com/a',
      status: 'open',
    });
  });
});

describe('a promise in other languages and tools', () => {
  const rosa = { owner: 'R. Lind', due: '2026-11-30' };

  it.each([
    ['Drain first (R. Lind, avant le 30/11/2026)', rosa],
    ['Drain first – responsable : R. Lind, échéance : 30/11/2026', rosa],
    ['Drain first, prévu pour le 30 novembre 2026 (R. Lind)', rosa],
    ['Drain first (zuständig: R. Lind, bis 30.11.2026)', rosa],
    ['Drain first (R. Lind, entro il 30/11/2026)', rosa],
    ['Drain first (R. Lind, uiterlijk 30-11-2026)', rosa],
    ['Drain first（负责人：林楠，截止 2026-11-30）', { owner: '林楠', due: '2026-11-30' }],
    ['Drain first 负责人：林楠，截止：2026-11-30', { owner: '林楠', due: '2026-11-30' }],
    ['Drain first(@林楠,2026-11-30)', { owner: '林楠', due: '2026-11-30' }],
    ['Drain first（責任者：大野、期限：2026/11/30）', { owner: '大野', due: '2026-11-30' }],
    ['Drain first (담당: 한서윤, 기한: 2026-11-30)', { owner: '한서윤', due: '2026-11-30' }],
    ['Drain first (Hr. Tran, by June 12, 2026)', { owner: 'Hr. Tran', due: '2026-06-12' }],
    ['Drain first 👤 [[Rosa Lind]] 📅 2026-11-30', { owner: 'Rosa Lind', due: '2026-11-30' }],
    ['Drain first [[Rosa Lind]] ⏫ 📅 2026-11-30', { owner: 'Rosa Lind', due: '2026-11-30', priority: 'high' }],
    ['Drain first ❌ 2026-11-30', { status: 'declined' }],
    ['Drain first @rosa 2026-11-30', { owner: 'rosa', due: '2026-11-30' }],
    ['Drain first — @Rosa Lind — Nov 30th, 2026', { owner: 'Rosa Lind', due: '2026-11-30' }],
    ['@Rosa Lind: Drain first', { owner: 'Rosa Lind' }],
    ['Rosa Lind, by 2026-11-30: Drain first', { owner: 'Rosa Lind', due: '2026-11-30' }],
    ['Drain first (Teamleiders balie, 2026-11-30)', { owner: 'Teamleiders balie', due: '2026-11-30' }],
    ['Drain first (fait)', { status: 'done' }],
    ['Drain first (everyone)', { owner: 'everyone' }],
  ])('as in "%s" has its owner and day', (line, told) => {
    expect(promise(line)).toEqual({ title: 'Drain first', status: 'open', ...told });
  });

  it.each([
    ['~~Drain first~~ - won’t do, covered by the epic', 'declined'],
    ['[ ] ~~Drain first~~ - won’t do, covered by the epic', 'declined'],
    ['~~Drain first~~ (no budget)', 'declined'],
    ['~~Drain first~~ superseded by OPS-12', 'declined'],
    ['~~Drain first~~ (Rosa) – done', 'done'],
  ])('struck out with a reason, as in "%s", is %s', (line, status) => {
    expect(promise(line)).toMatchObject({ title: 'Drain first', status });
  });

  it('keeps words that are no name', () => {
    expect(promise('@Rosa set up the mirror of 2026-11-30')).toMatchObject({ title: '@Rosa set up the mirror of 2026-11-30' });
    expect(promise('Restore the backup of 2026-11-30')).toEqual({ title: 'Restore the backup of 2026-11-30', status: 'open' });
    expect(promise('Drain first (EU only, 2026-11-30)')?.title).toBe('Drain first (EU only, 2026-11-30)');
    expect(promise('Drain first (Phase two, 2026-11-30)')?.title).toBe('Drain first (Phase two, 2026-11-30)');
    expect(promise('Read [[Runbook Disks]] again')).toEqual({ title: 'Read [[Runbook Disks]] again', status: 'open' });
  });

  it('stands in lines with tabs, with numbers, and in one line with others', () => {
    const both = [
      { title: 'Drain first', owner: 'Lou' },
      { title: 'Alert later', owner: 'Ana' },
    ];
    expect(promises('CA-1\tDrain first\tOwner: Lou\tTarget: 30 June 2026\tStatus: Closed')[0]).toEqual({
      id: 'CA-1',
      title: 'Drain first',
      owner: 'Lou',
      due: '2026-06-30',
      status: 'done',
    });
    expect(promises('1 Drain first (Lou, 2026-06-30)\n2 Alert later (Ana, 2026-06-30)')).toMatchObject(both);
    expect(promises('Drain first (Lou), Alert later (Ana)')).toMatchObject(both);
  });

  it('is a sentence in which we promise something', () => {
    expect(promises('We’ll add a version with metadata to the tests. We will alert on its errors.')).toHaveLength(2);
    expect(promises('We will not change anything.')).toEqual([]);
    expect(promises('We met on Monday. We will add a test.')).toEqual([]);
  });

  it('is a task of a page with a class instead of a box', () => {
    const html =
      '<ul class="inline-task-list"><li class="checked"><span>@Rosa Lind Drain first <time datetime="2026-07-17">17 Jul 2026</time></span></li><li><span>@Joon Park Alert later</span></li></ul>';
    expect(promises(html)).toEqual([
      { title: 'Drain first', owner: 'Rosa Lind', due: '2026-07-17', status: 'done' },
      { title: 'Alert later', owner: 'Joon Park', status: 'open' },
    ]);
  });

  it.each([
    ['Actie | Actiehouder | Gereed op | Status', 'Lopend'],
    ['Azione | Responsabile | Scadenza | Stato', 'In corso'],
    ['Działanie | Odpowiedzialny | Termin | Status', 'W trakcie'],
    ['Åtgärd | Ansvarig | Klart senast | Status', 'Pågår'],
    ['Tiltag | Ansvarlig | Frist | Status', 'I gang'],
    ['Opatření | Odpovědný | Termín | Stav', 'V řešení'],
    ['Aksiyon | Sorumlu | Son tarih | Durum', 'Devam ediyor'],
    ['Мера | Ответственный | Срок | Статус', 'В работе'],
    ['Захід | Відповідальний | Термін | Стан', 'У роботі'],
    ['Maßnahme | Verantw. | Termin | Stand', 'In Arbeit'],
    ['Mesure | Acteur | Échéance | Avancement', 'En cours'],
    ['Contramedida | Responsable | Fecha | Estado', 'En curso'],
  ])('is a row below "%s"', (heading, state) => {
    expect(promises(`| ${heading} |\n|---|---|---|---|\n| Drain first | Rosa Lind | 30.11.2026 | ${state} |`)).toEqual([
      { title: 'Drain first', owner: 'Rosa Lind', due: '2026-11-30', status: 'in-progress' },
    ]);
  });
});
