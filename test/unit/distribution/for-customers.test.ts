import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { type CustomersCopy, forCustomers, keepCustomersCopy } from '../../../core/distribution/for-customers.ts';
import { readApplied } from '../../../core/distribution/read-applied.ts';
import { canonicalHash } from '../../../core/shared/canonical-hash.ts';
import { aDistribution } from '../../support/distribution.ts';

const schedule = { every: 'week', on: 'monday', at: '09:00' };
const customers = { name: 'Example status', address: 'status@notices.example.com' };
/** Everything that a file can say has a word of its own, where it may say any. */
const whole = aDistribution({
  organisation: { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['corp.example.com'], holidays: ['2026-12-25'] },
  senders: { internal: { name: 'Inside', address: 'lessons@corp.example.com' }, customers },
  brand: { name: 'Inside lessons', footer: 'Inside only', replyTo: 'replies@corp.example.com' },
  severities: { sev1: { label: 'P1', aliases: ['inside-critical'] } },
  streams: {
    'engineering-digest': { schedule, signUp: 'approval', owner: 'owner@corp.example.com' },
    'sev1-alerts': { severities: ['sev1'] },
    'leadership-brief': { schedule },
    'customer-notices': {
      signUp: 'open',
      tracking: 'none',
      approvers: [{ address: 'ruth@corp.example.com', also: ['r@corp.example.com'] }, { address: 'tom@corp.example.com' }],
      escalate: ['head@corp.example.com'],
      contact: 'https://example.com/support',
      indexed: false,
      mustNotLeave: { names: ['Project Falcon'], customers: ['Contoso'], domains: ['secret.example.com'] },
    },
  },
  operators: { people: ['olga@corp.example.com'], roles: ['inside-operators'] },
  authors: { people: ['ada@corp.example.com'] },
  products: [{ name: 'Checkout', services: ['inside-cart', 'inside-ledger'] }],
  teams: [{ name: 'Inside payments', services: ['inside-cart'], leads: ['lead@corp.example.com'], channels: { slack: '#inside' } }],
});

describe('what customers’ pages know of the file', () => {
  it('is this, and nothing that is not named here', () => {
    expect(forCustomers(whole)).toEqual({
      organisation: { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['notices.example.com'] },
      senders: { internal: customers, customers },
      severities: { sev1: { label: 'P1', aliases: [] } },
      streams: { 'customer-notices': { signUp: 'open', tracking: 'none', contact: 'https://example.com/support', indexed: false } },
      products: [{ name: 'Checkout', services: ['Checkout'] }],
      teams: [],
    });
  });

  it('offers nothing where the file names no sender for them, and names none of staff', () => {
    const { customers: _, ...senders } = whole.senders;
    const copy = forCustomers({ ...whole, senders: { internal: senders.internal } });

    expect(copy.senders).toEqual({ internal: { name: 'Example Ltd', address: 'nobody@nowhere.invalid' } });
    expect(JSON.stringify(copy)).not.toMatch(/inside|corp\.example/i);
  });

  it('is read as any file that was applied, and made of itself it is the same', () => {
    const copy = forCustomers(whole);

    expect(readApplied(JSON.parse(JSON.stringify(copy)))).toEqual(copy);
    expect(forCustomers(copy)).toEqual(copy);
  });
});

describe('the copy', () => {
  function aCopy(lies?: { readonly distribution: Distribution; readonly hash: string }) {
    const world = { lies, puts: 0, meanwhile: undefined as (() => void) | undefined };
    const copy: CustomersCopy = {
      readHash: async () => world.lies?.hash,
      async write(distribution, hash, before) {
        world.meanwhile?.();
        world.meanwhile = undefined;
        if (world.lies?.hash !== before) return false;
        world.lies = { distribution, hash };
        world.puts += 1;
        return true;
      },
    };
    return { world, copy };
  }
  const closed = aDistribution({ senders: whole.senders, streams: { 'customer-notices': { signUp: 'none' } } });

  it('is put where none is, and once', async () => {
    const { world, copy } = aCopy();
    expect(await keepCustomersCopy(copy, async () => whole)).toBe('written');
    expect(await keepCustomersCopy(copy, async () => whole)).toBe('kept');
    expect(world).toMatchObject({ puts: 1, lies: { distribution: forCustomers(whole) } });
  });

  it('is not put before a file was applied', async () => {
    const { world, copy } = aCopy();
    expect(await keepCustomersCopy(copy, async () => undefined)).toBe('kept');
    expect(world.puts).toBe(0);
  });

  it('is put anew where another release made it otherwise of the same file', async () => {
    const { contact: _, ...less } = forCustomers(whole).streams['customer-notices'] ?? {};
    const older = { ...forCustomers(whole), streams: { 'customer-notices': less } };
    const { world, copy } = aCopy({ distribution: older, hash: canonicalHash(older) });
    expect(await keepCustomersCopy(copy, async () => whole)).toBe('written');
    expect(world.lies?.distribution).toEqual(forCustomers(whole));
  });

  it('follows the file that is in force, whoever of two comes last', async () => {
    const { world, copy } = aCopy();
    let inForce = whole;
    // Somebody applies another file, and puts its copy, after the first one was read.
    world.meanwhile = () => {
      inForce = closed;
      world.lies = { distribution: forCustomers(closed), hash: canonicalHash(forCustomers(closed)) };
    };
    expect(await keepCustomersCopy(copy, async () => inForce)).toBe('kept');
    expect(world.lies?.distribution).toEqual(forCustomers(closed));
  });

  it('is not touched by a change that does not concern customers', async () => {
    const { world, copy } = aCopy();
    await keepCustomersCopy(copy, async () => whole);
    await keepCustomersCopy(copy, async () => ({ ...whole, teams: [] }));
    expect(world.puts).toBe(1);
  });
});
