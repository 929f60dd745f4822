import { describe, expect, it } from 'vitest';
import { checkExternal, externalOutlook, notAskedWarning } from '../../../core/intake/external-version.ts';
import { concernsCustomers } from '../../../core/intake/take-postmortem.ts';
import type { External } from '../../../core/notice/external.ts';
import { contentHash, noticeContentOf } from '../../../core/notice/notice-content.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aHash, anExternal } from '../../support/notice.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { refusal } from '../../support/reading.ts';

const products = [{ name: 'Checkout', services: ['checkout'] }];
const approvers = ['ruth@example.com', 'tom@example.com', 'legal@example.com'].map((address) => ({ address }));
const file = aDistribution({
  products,
  senders: { internal: { name: 'A', address: 'a@example.com' }, customers: { name: 'B', address: 'status@notices.example.com' } },
  streams: { 'customer-notices': { approvers } },
});
const external = { title: 'Payments were slow', body: 'Some payments took minutes.', writtenBy: ['ada@example.com'], ready: true };
const withExternal = (change: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  aPostmortem({ services: ['checkout'], external: { ...external, ...change }, ...more });

describe('an external version that names what the file does not have', () => {
  it('is refused, with the known products', () => {
    const { flaws } = refusal(() => checkExternal(withExternal({ products: ['checkout', 'Billing'] }), file));

    expect(flaws).toEqual([
      {
        field: 'external.products',
        problem: '"Billing" is no product of the distribution file',
        remedy: 'Use one of Checkout, or leave it out.',
      },
    ]);
  });

  it('is refused where a writer is outside the organisation', () => {
    expect(refusal(() => checkExternal(withExternal({ writtenBy: ['ada@elsewhere.example'] }), file)).fields).toEqual([
      'external.writtenBy',
    ]);
  });

  it.each([
    ['there is no file', withExternal({ products: ['Billing'] }), undefined],
    ['it names none', withExternal(), file],
    ['there is no external version', aPostmortem(), file],
  ])('is let through where %s', (_, postmortem, distribution) => {
    expect(() => checkExternal(postmortem, distribution)).not.toThrow();
  });
});

const publicId = 'bcdfghjkmn';
const depsWith = (row: External | 'unknown' | undefined, distribution = file) => ({ distribution, externals: { read: async () => row } });
const outlook = (postmortem: ReturnType<typeof withExternal>, row?: External | 'unknown', distribution = file) =>
  externalOutlook(postmortem, depsWith(row, distribution));
const warning = (postmortem: ReturnType<typeof withExternal>, row?: External | 'unknown') => notAskedWarning(postmortem, depsWith(row));

describe('a check of an external version tells', () => {
  it('who would be asked', async () => {
    expect(await outlook(withExternal())).toEqual([
      'external: ruth@example.com, tom@example.com and legal@example.com would be asked to approve it for customers of Checkout; 2 of them have to.',
    ]);
  });

  it.each([
    ['nobody says who wrote it', withExternal({ writtenBy: undefined }), 'Nobody is named as its writer'],
    ['it concerns no product', withExternal({}, { services: [] }), 'It names no product'],
    ['the approvers wrote it', withExternal({ writtenBy: ['ruth@example.com', 'tom@example.com'] }), 'Too few approvers are left'],
    ['approvers may be its authors', withExternal({}, { authors: ['Ruth', 'tom@example.com'] }), 'Too few approvers are left'],
    ['the postmortem is a draft', withExternal({}, { status: 'draft' }), 'may not be told of'],
  ])('why nobody is asked where %s', async (_, postmortem, why) => {
    expect((await outlook(postmortem)).join()).toContain(why);
  });

  it('a secret that its finder knows, before it is stored', async () => {
    const find = async (text: string) => (text.includes('minutes') ? [{ found: 'minutes', what: 'a key' }] : []);
    const lines = await externalOutlook(withExternal(), { distribution: file, secrets: { find } });

    expect(lines[0]).toContain('something in the text that must not leave');
    expect(lines[1]).toContain('external.body: "minutes" must not leave (secret)');
  });

  it('that secrets could not be looked for, and what else was found', async () => {
    const secrets = { find: () => Promise.reject(new Error('no rules')) };
    const lines = await externalOutlook(withExternal({ body: 'As in PAY-1234.' }), { distribution: file, secrets });

    expect(lines[1]).toContain('"PAY-1234"');
    expect(lines.at(-1)).toBe('external: secrets could not be looked for. That is done again before anybody is asked.');
  });

  it('what must not leave, and what to do', async () => {
    const lines = await outlook(withExternal({ body: 'From 10.8.14.3 on, as in PAY-1234.' }));

    expect(lines[0]).toContain('something in the text that must not leave');
    expect(lines[1]).toBe(
      'external.body: "10.8.14.3" must not leave (address of a network). Leave addresses of networks out, unless customers need them.',
    );
    expect(lines[2]).toContain('"PAY-1234" is to be looked at (link).');
  });

  it('that the file names no approvers, and nothing of a text that is not ready', async () => {
    expect((await outlook(withExternal(), undefined, aDistribution({ products }))).join()).toContain('names no approvers');
    expect(await outlook(withExternal({ ready: undefined }))).toEqual([]);
  });

  const at = '2026-11-23T09:00:00Z';
  const hashOf = (postmortem: ReturnType<typeof withExternal>) => {
    const content = noticeContentOf({ postmortem }, publicId, file);
    return content ? contentHash(content) : '';
  };
  const rowWith = (change: Partial<External>, text = withExternal()): External =>
    anExternal({ publicId, seen: { content: hashOf(text), at }, ...change, postmortem: text.id });
  const request = (state: 'open' | 'sent back' | 'stopped' | 'lapsed' | 'released') =>
    ({
      n: 1,
      content: hashOf(withExternal()),
      artefact: aHash('2'),
      askedAt: at,
      reminded: 0,
      approvals: [],
      by: 'sid',
      reason: 'no',
      at,
      state,
    }) as External['request'];
  const shown = { n: 1, content: aHash('1'), artefact: aHash('2'), at };

  it.each([
    ['an update does not say what changed', rowWith({ shown }), 'does not say what changed. Say it in external change'],
    [
      'the last look failed',
      rowWith({ request: { state: 'held', why: 'check failed', at, content: hashOf(withExternal()) } }),
      'could not be checked',
    ],
    [
      'too many wait',
      rowWith({ request: { state: 'held', why: 'too many open', at, content: hashOf(withExternal()) } }),
      'Too many notices wait',
    ],
    ['it was sent back', rowWith({ request: request('sent back') }), 'sent this text back. Change it'],
    ['it was taken back', rowWith({ request: request('stopped'), takenBack: [hashOf(withExternal())] }), 'took this text back. Change it'],
    ['it was stopped', rowWith({ request: request('stopped') }), 'was stopped. Change it'],
    ['nobody answered', rowWith({ request: request('lapsed') }), 'afterword notices ask ID'],
    [
      'an approver was named as its writer once',
      rowWith({ writers: { addresses: ['ruth@example.com', 'tom@example.com'], names: [] } }),
      'Too few approvers',
    ],
  ])('by where its notice stands why nobody is asked: %s', async (_, row, why) => {
    const [line] = await outlook(withExternal(), row);

    expect(line).toMatch(/^external: nobody is asked to approve it\. /);
    expect(line).toContain(why);
    expect(await warning(withExternal(), row)).toEqual([line]);
  });

  it.each(['sent back', 'stopped'] as const)('its author the reason where it was %s, and nobody of another text', async (state) => {
    const told = 'external: the reason: "no"';

    expect(await outlook(withExternal(), rowWith({ request: request(state) }))).toContain(told);
    expect(await outlook(withExternal({ body: 'Another text.' }), rowWith({ request: request(state) }))).not.toContain(told);
  });

  it.each([
    [
      'of another text what held that one',
      rowWith({ request: { state: 'held', why: 'check failed', at, content: aHash('9') } }),
      'would be asked',
    ],
    [
      'what changed where it says so',
      rowWith({ shown }, withExternal({ change: 'The times.' })),
      'would be asked',
      withExternal({ change: 'The times.' }),
    ],
    ['a hold of a row that a later release wrote', 'unknown' as const, 'would be asked'],
    ['a text that is asked', rowWith({ request: request('open') }), 'asked already'],
    ['a text that customers read', rowWith({ shown: { ...shown, content: hashOf(withExternal()) } }), 'read exactly this text'],
  ])('no hold for %s', async (_, row, words, postmortem = withExternal()) => {
    expect((await outlook(postmortem, row))[0]).toContain(words);
    expect(await warning(postmortem, row)).toEqual([]);
  });
});

describe('what customers read is looked at', () => {
  const without = aDistribution({ products });

  it.each([
    [
      'of a postmortem with an external version, whatever the file says',
      withExternal({}, { status: 'retracted' }),
      withExternal(),
      without,
    ],
    ['when its external version is gone', aPostmortem({ status: 'retracted' }), withExternal(), without],
    ['where there is no file', withExternal({}, { status: 'retracted' }), withExternal(), undefined],
    ['of another that is taken back', aPostmortem({ status: 'retracted' }), aPostmortem(), file],
  ])('%s', (_, postmortem, before, distribution) => {
    expect(concernsCustomers(postmortem, { postmortem: before }, distribution)).toBe(true);
  });

  it('not of one that never had an external version, without a stream for customers', () => {
    expect(concernsCustomers(aPostmortem({ status: 'retracted' }), { postmortem: aPostmortem() }, without)).toBe(false);
  });
});
