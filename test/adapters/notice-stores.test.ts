import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoArtefacts, dynamoExternalLists, dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { artefactPartKey, externalKey, publicNoticeKey } from '../../adapters/dynamodb/table-shape.ts';
import { mailHashOf } from '../../core/notice/artefact.ts';
import type { Artefact, PublicNotice } from '../../core/notice/ports.ts';
import { anEdition } from '../support/fragments.ts';
import { anExternal } from '../support/notice.ts';
import { oneEngine } from '../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const now = () => new Date('2026-11-17T15:00:00Z');
const pm = 'checkout-down';
const publicId = 'bcdfghjkmn';

const anArtefact = (body = 'Checkout was slow.'): Artefact => ({
  content: { publicId, title: 'Slow checkout', body, products: ['Checkout'], state: 'final' },
  fragments: anEdition([]),
  remarks: [{ id: 'outage', rule: 'outage', level: 'look', part: 'body', found: 'outage', remedy: 'Say what customers saw.' }],
});

describe('where an external version stands', () => {
  it('is put by whoever read it last, and by nobody else', async () => {
    const externals = dynamoExternals(table, now);
    const first = anExternal({ version: 0 });

    expect(await externals.put(first, '2026-11-17T15:10:00Z')).toBe(true);
    expect(await externals.put(first, undefined)).toBe(false);
    expect(await externals.read(pm)).toEqual({ ...first, version: 1 });
    expect(await externals.put({ ...first, version: 1, n: 7 }, undefined)).toBe(true);
    expect(await externals.put({ ...first, version: 1 }, undefined)).toBe(false);
  });

  it('is listed by when something is due, and by its last change when nothing is', async () => {
    const externals = dynamoExternals(table, now);
    const { due, open, resting } = dynamoExternalLists(table);
    await externals.put(anExternal({ version: 0 }), '2026-11-17T15:10:00Z');

    expect(await due(new Date('2026-11-17T15:09:59Z'), 10)).toEqual([]);
    expect(await due(new Date('2026-11-17T15:10:00.001Z'), 10)).toEqual([
      { postmortem: pm, publicId, state: 'open', n: 1, at: '2026-11-17T14:10:00Z', approvals: 0, dueAt: '2026-11-17T15:10:00Z' },
    ]);
    await externals.put(anExternal({ version: 1 }), undefined);
    expect(await open(10)).toEqual([]);
    expect(await resting(new Date('2026-11-01'), now())).toMatchObject([{ postmortem: pm, state: 'open' }]);
  });

  it('is left alone where a later release wrote it', async () => {
    await table.put({ ...externalKey(pm), postmortem: pm, version: 3, n: 1, request: { state: 'translated' } });

    expect(await dynamoExternals(table, now).read(pm)).toBe('unknown');
  });
});

describe('what somebody is asked to approve', () => {
  it('is read as it was put, and the same once it is put again', async () => {
    const artefacts = dynamoArtefacts(table, now);
    const put = await artefacts.put(pm, anArtefact());

    expect(await artefacts.put(pm, anArtefact())).toEqual(put);
    expect(await artefacts.read(pm, put.artefact)).toEqual({ ...anArtefact(), mail: put.mail });
    expect(put.mail).toBe(mailHashOf(anArtefact().fragments));
    expect((await artefacts.put(pm, anArtefact('Checkout was slow!'))).artefact).not.toBe(put.artefact);
  });

  it('stands as long as a new one once it is asked again, in the bytes that it has', async () => {
    const { artefact } = await dynamoArtefacts(table, now).put(pm, anArtefact());
    const key = artefactPartKey(pm, artefact, 0);
    const before = await table.read(key);
    const packedOtherwise = gzipSync(gunzipSync(before?.bytes as Uint8Array), { level: 0 });
    await table.put({ ...before, ...key, bytes: packedOtherwise });
    const aYearLater = () => new Date('2027-11-17T15:00:00Z');
    await dynamoArtefacts(table, aYearLater).put(pm, anArtefact());

    const after = await table.read(key);
    expect(Number(after?.expiresAt) - Number(before?.expiresAt)).toBe(365 * 86_400);
    expect(Buffer.from(after?.bytes as Uint8Array)).toEqual(packedOtherwise);
  });

  it('is put anew where a part is missing, though another release packed the rest', async () => {
    const artefacts = dynamoArtefacts(table, now);
    const { artefact } = await artefacts.put(pm, anArtefact());
    const key = artefactPartKey(pm, artefact, 0);
    await table.put({ ...(await table.read(key)), ...key, parts: 2 });
    expect(await artefacts.read(pm, artefact)).toBeUndefined();
    await artefacts.put(pm, anArtefact());

    expect(await artefacts.read(pm, artefact)).toMatchObject(anArtefact());
  });

  it('is nothing once a part is missing or was written over', async () => {
    const artefacts = dynamoArtefacts(table, now);
    const mine = await artefacts.put(pm, anArtefact());
    const other = await artefacts.put(pm, anArtefact('Another text.'));
    const item = await table.read(artefactPartKey(pm, other.artefact, 0));
    await table.put({ ...item, ...artefactPartKey(pm, mine.artefact, 0) });

    expect(await artefacts.read(pm, mine.artefact)).toBeUndefined();
    expect(await artefacts.read(pm, 'f'.repeat(64))).toBeUndefined();
  });
});

describe('what customers can read', () => {
  const aNotice = (version: number, more: Partial<PublicNotice> = {}): PublicNotice => ({
    publicId,
    version,
    standing: 'public',
    publishedAt: '2026-11-17T15:00:00Z',
    at: '2026-11-17T15:00:00Z',
    ...more,
  });

  it('is shown over what was read, if its version is higher', async () => {
    const { show, read } = dynamoPublicNotices(table);

    expect(await show(aNotice(2), undefined)).toBe(true);
    expect(await show(aNotice(3), undefined)).toBe(false);
    expect(await show(aNotice(2), aNotice(2))).toBe(false);
    expect(await show(aNotice(1), aNotice(2))).toBe(false);
    expect(await show(aNotice(4), aNotice(3))).toBe(false);
    expect(await show(aNotice(3, { standing: 'withdrawn' }), aNotice(2))).toBe(true);
    expect(await read(publicId)).toEqual(aNotice(3, { standing: 'withdrawn' }));
  });

  it('stores a version once', async () => {
    const { putVersion, readVersion } = dynamoPublicNotices(table);
    const { content } = anArtefact();
    await putVersion(publicId, { version: 2, at: '2026-11-17T15:00:00Z', content, mailHash: 'a'.repeat(64) });
    await putVersion(publicId, { version: 2, at: '2026-11-17T15:05:00Z' });

    expect(await readVersion(publicId, 2)).toEqual({ version: 2, at: '2026-11-17T15:00:00Z', content, mailHash: 'a'.repeat(64) });
    expect(await readVersion(publicId, 3)).toBeUndefined();
  });

  it('is listed, the newest first, withdrawn ones among them and unseen ones not', async () => {
    const { show, list } = dynamoPublicNotices(table);
    await show(aNotice(1), undefined);
    await show(aNotice(2, { publicId: 'ccdfghjkmn', standing: 'withdrawn', publishedAt: '2026-11-18T15:00:00Z' }), undefined);
    await show(aNotice(1, { publicId: 'dcdfghjkmn', standing: 'unseen' }), undefined);

    expect((await list(10)).map((one) => one.publicId)).toEqual(['ccdfghjkmn', publicId]);
  });

  it('shows nothing in a standing that a later release knows', async () => {
    await table.put({ ...publicNoticeKey(publicId), ...aNotice(1), standing: 'embargoed' });

    expect((await dynamoPublicNotices(table).read(publicId))?.standing).toBe('unseen');
  });
});
