import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import type { PostContent } from '../../../core/content/post-content.ts';
import { linkHash } from '../../../core/slack/capability-link.ts';
import { type ConvergeDeps, convergePost, knownChannels } from '../../../core/slack/converge.ts';
import { fanOut } from '../../../core/slack/fan-out.ts';
import type { PostMessage, SlackAnswer } from '../../../core/slack/ports.ts';
import { repost } from '../../../core/slack/repost.ts';
import { mustGo, type SlackChannel, type SlackPostRow, type WantedPost, waitsSince } from '../../../core/slack/slack-post.ts';
import { tryRefusedAgain } from '../../../core/slack/try-again.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aRendition } from '../../support/rendition.ts';

const channel: SlackChannel = {
  id: 'C00000001',
  name: 'incident-pms',
  isMember: true,
  isArchived: false,
  isShared: false,
  isPrivate: false,
};
const id = { postmortem: 'a-postmortem', channel: channel.id };
const begun = Date.UTC(2026, 10, 18, 12);

/** Slack, the table and the queue in memory. Time passes while nobody works. */
class PostWorld {
  now = begun;
  row: SlackPostRow | undefined;
  wanted: WantedPost | undefined;
  readonly links = new Map<string, 'open' | 'revoked'>();
  readonly messages = new Map<string, PostContent>();
  readonly titles = new Map<number, string>();
  /** In place of those with a title. */
  rendition: unknown;
  actions: ActionRow[] = [];
  queue: { readonly message: PostMessage; readonly at: number }[] = [];
  channel = channel;
  audience: 'engineering' | 'cross-functional' = 'engineering';
  mode: 'open' | 'sign-in' = 'open';
  /** When all links of the postmortem were revoked. */
  revokedAt: string | undefined;
  revokeAtPut: (() => void) | undefined;
  held: { until: string; why: string } | undefined;
  /** What the next calls of Slack answer in place of doing what they say. */
  answers: { readonly call: string; readonly answer: SlackAnswer<never>; readonly isDone?: boolean }[] = [];
  calls: string[] = [];
  /** The call after which the worker dies, counted from 1. */
  deadAfter = Number.POSITIVE_INFINITY;
  private names = 0;

  private did(name: string): void {
    this.calls.push(name);
    if (this.calls.length > this.deadAfter) throw new Error('the worker is dead');
  }
  private answer<T>(call: string, done: () => SlackAnswer<T>): SlackAnswer<T> {
    const [next] = this.answers;
    if (next?.call !== call) return done();
    this.answers.shift();
    if (next.isDone) done();
    return next.answer;
  }
  next = (): string => {
    this.names += 1;
    return `n${this.names}`;
  };

  readonly deps: ConvergeDeps = {
    posts: {
      read: async () => this.row,
      create: async (row) => {
        this.did('create');
        if (this.row) return false;
        this.row = row;
        return true;
      },
      replace: async (row) => {
        this.did(`write ${row.post.state}`);
        if (this.row?.version !== row.version) return false;
        this.row = { ...row, version: row.version + 1 };
        return true;
      },
    },
    wanted: { read: async () => this.wanted },
    links: {
      put: async (hash, { after }) => {
        this.did('put link');
        this.revokeAtPut?.();
        if (!this.links.has(hash)) this.links.set(hash, after === this.revokedAt ? 'open' : 'revoked');
      },
      revoke: async (hash) => {
        this.did('revoke link');
        this.links.set(hash, 'revoked');
      },
      revokedAt: async () => this.revokedAt,
    },
    actions: { list: async () => this.actions },
    list: { read: async () => ({ at: '2026-11-18T12:00:00Z', channels: [this.channel] }) },
    pace: {
      book: async () => 0,
      holdUntil: async (until, why) => {
        this.held = { until, why };
      },
      heldUntil: async () => (this.held && Date.parse(this.held.until) > this.now ? this.held : undefined),
    },
    slack: {
      post: async (_channel, _key, content) => {
        this.did('post');
        return this.answer('post', () => {
          const ts = `ts${this.messages.size + 1}`;
          this.messages.set(ts, content);
          return { kind: 'ok', value: { ts } };
        });
      },
      update: async (_channel, ts, _key, content) => {
        this.did('update');
        return this.answer('update', () => {
          if (!this.messages.has(ts)) return { kind: 'refused', code: 'message_not_found' };
          this.messages.set(ts, content);
          return { kind: 'ok', value: undefined };
        });
      },
      remove: async (_channel, ts) => {
        this.did('remove');
        return this.answer('remove', () => {
          this.messages.delete(ts);
          return { kind: 'ok', value: undefined };
        });
      },
      find: async () => {
        this.did('look');
        return this.answer('look', () => ({ kind: 'ok', value: [...this.messages.keys()].map((ts) => ({ ts })) }));
      },
      channel: async () => this.answer('ask', () => ({ kind: 'ok', value: this.channel })),
    },
    queue: {
      send: async (messages, delay) => {
        this.did(`send in ${delay}`);
        this.queue.push(...messages.map((message) => ({ message, at: this.now + delay * 1000 })));
      },
    },
    renditions: async (_audience, _id, revision) => {
      const title = this.titles.get(revision);
      return this.rendition ?? (title === undefined ? undefined : aRendition({ title }));
    },
    distribution: async () =>
      aDistribution({ slack: { channels: [{ channel: '#incident-pms', audience: this.audience }], links: this.mode } }),
    publicUrl: 'https://afterword.example.com',
    now: () => new Date(this.now),
    remainingMs: () => 25_000,
    wait: async () => {},
    newOwner: this.next,
    newKey: this.next,
    newLink: this.next,
  };

  revise(standing: WantedPost['standing'], title = 'Something broke'): void {
    const revision = (this.wanted?.revision ?? 0) + 1;
    this.titles.set(revision, title);
    const told = standing === 'told' && { told: { severity: 'sev2' as const, services: [], newsDate: '2026-11-18' } };
    this.wanted = { postmortem: id.postmortem, revision, updatedAt: '2026-11-18T12:00:00Z', standing, ...told };
  }
  work = () => convergePost(id, this.deps);
  /** Works off the queue, at most for so many messages. */
  async drain(most = 20): Promise<void> {
    for (let n = 0; n < most && this.queue.length > 0; n += 1) {
      const [first, ...rest] = this.queue.toSorted((a, b) => a.at - b.at);
      this.queue = rest;
      this.now = Math.max(this.now, first?.at ?? 0);
      await this.work();
    }
  }
  get urls(): (string | undefined)[] {
    return [...this.messages.values()].map(({ link }) => link?.url);
  }
  get shown(): (string | undefined)[] {
    return [...this.messages.values()].map(({ view, title }) => (title === undefined ? view : `${view} ${title}`));
  }
}

const aWorld = (standing: WantedPost['standing'] = 'told'): PostWorld => {
  const world = new PostWorld();
  world.revise(standing);
  return world;
};
const lost: SlackAnswer<never> = { kind: 'in doubt', code: 'timeout' };

describe('a post', () => {
  it('is marked before the call, and its link is there before the text', async () => {
    const world = aWorld();

    expect(await world.work()).toEqual({ kind: 'settled', state: 'posted' });

    expect(world.calls).toEqual(['create', 'put link', 'post', 'write posted']);
    expect(world.shown).toEqual(['full Something broke']);
    const link = world.row?.link ?? '';
    expect([...world.messages.values()][0]?.link?.url).toBe(`https://afterword.example.com/s/${link}`);
    expect(world.links.get(linkHash(link))).toBe('open');
  });

  it('follows a revision, and does nothing for the same text', async () => {
    const world = aWorld();
    await world.work();
    world.revise('told', 'It broke twice');
    await world.work();
    const { calls } = world;
    world.calls = [];
    world.revise('told', 'It broke twice');
    await world.work();

    expect(calls.slice(-4)).toEqual(['write posted', 'put link', 'update', 'write posted']);
    expect(world.calls).toEqual([]);
    expect(world.shown).toEqual(['full It broke twice']);
  });

  it('tells actions as people left them, once it is looked at for another reason', async () => {
    const reported = { title: 'Make the key', owner: 'Priya Raman', status: 'open' } as const;
    const promise = { postmortem: id.postmortem, postmortemTitle: 'Something broke', aid: 'a1', reported };
    const row = (events: unknown[]) =>
      readActionRow({ ...promise, reportedAt: '2026-11-18T11:00:00Z', promisedAt: '2026-11-18T11:00:00Z', visible: true, events });
    const world = aWorld();
    world.rendition = aRendition({ title: 'Something broke', actionItems: [reported] });
    world.actions = [row([])];
    const told = () =>
      [...world.messages.values()].flatMap(({ parts }) => parts.find(({ label }) => label === 'What will change')?.texts ?? []);
    await world.work();
    const before = told();
    world.actions = [row([{ kind: 'done', at: '2026-11-18T11:30:00Z', by: 's' }])];
    world.revise('told');
    await world.work();
    const after = told();
    world.calls = [];
    await world.work();

    expect([before, after]).toEqual([['Make the key (Priya Raman).'], ['Make the key (done).']]);
    expect([world.queue, world.calls]).toEqual([[], []]);
  });

  it('is struck with the title that it showed', async () => {
    const world = aWorld();
    await world.work();
    world.revise('retracted', 'Another title');
    await world.work();

    expect(world.shown).toEqual(['struck Something broke']);
  });

  it('that was emptied shows no title when it is retracted', async () => {
    const world = aWorld();
    await world.work();
    world.revise('hidden', 'A name nobody may read');
    await world.work();
    world.revise('retracted', 'A name nobody may read');
    await world.work();

    expect(world.shown).toEqual(['emptied']);
  });

  it('is told to be standing while Slack refuses to edit and to delete it, and is tried again without end', async () => {
    const world = aWorld();
    await world.work();
    world.revise('hidden');
    for (let n = 0; n < 3; n += 1) {
      const no: SlackAnswer<never> = { kind: 'refused', code: 'edit_window_closed' };
      world.answers = [
        { call: 'update', answer: no },
        { call: 'remove', answer: no },
      ];
      expect(await world.work()).toEqual({ kind: 'not withdrawn', code: 'edit_window_closed' });
    }
    expect(world.queue.map(({ at }) => at - world.now)).toEqual([300_000, 300_000, 300_000]);

    await world.drain();

    expect(world.shown).toEqual(['emptied']);
    expect(world.row?.post).not.toHaveProperty('refused');
  });

  it('is posted anew if what was removed may be told again', async () => {
    const world = aWorld();
    await world.work();
    world.revise('hidden');
    world.answers = [{ call: 'update', answer: { kind: 'refused', code: 'edit_window_closed' } }];
    await world.work();
    expect(world.row?.post.state).toBe('absent');
    world.revise('told', 'Told again');
    await world.work();

    expect(world.shown).toEqual(['full Told again']);
  });

  it('keeps an old text that Slack refuses to edit, and asks once for each revision', async () => {
    const world = aWorld();
    await world.work();
    world.revise('told', 'It broke twice');
    world.answers = [{ call: 'update', answer: { kind: 'refused', code: 'edit_window_closed' } }];
    await world.work();
    world.calls = [];

    expect(await world.work()).toEqual({ kind: 'settled', state: 'posted' });

    expect(world.calls).toEqual([]);
    expect(world.row?.post).toMatchObject({ refused: { code: 'edit_window_closed' }, shown: { revision: 1 } });
  });

  it('gets a link of its own for another audience, and the old one opens nothing', async () => {
    const world = aWorld();
    await world.work();
    const old = world.row?.link ?? '';
    world.audience = 'cross-functional';
    world.titles.clear();
    await world.work();

    expect(world.shown).toEqual(['emptied']);
    expect(world.links.get(linkHash(old))).toBe('revoked');

    world.rendition = crossFunctional;
    await world.work();

    expect(world.links.get(linkHash(old))).toBe('revoked');
    expect(world.row).toMatchObject({ audience: 'cross-functional' });
    expect(world.links.get(linkHash(world.row?.link ?? ''))).toBe('open');
  });

  it('of which the links were revoked is edited to a text without one', async () => {
    const world = aWorld();
    await world.work();
    world.revokedAt = '2026-11-18T12:00:00Z';
    await world.work();

    expect(world.urls).toEqual([undefined]);
    expect([...world.links.values()]).toEqual(['revoked']);
  });

  it('that begins after the links were revoked has none, unless an operator asked for it', async () => {
    const world = aWorld();
    world.revokedAt = '2026-11-18T12:00:00Z';
    await world.work();
    expect([world.urls, world.links.size]).toEqual([[undefined], 0]);

    world.messages.clear();
    world.row = undefined;
    await repost(id.postmortem, id.channel, 'engineering', { ...world.deps, newKey: world.next, newLink: world.next });
    await world.drain();
    expect(world.urls).toEqual([expect.stringContaining('/s/')]);
    expect([...world.links.values()]).toEqual(['open']);
    // And none after the next revocation.
    world.revokedAt = '2026-11-18T13:00:00Z';
    await world.work();
    expect(world.urls).toEqual([undefined]);
  });

  it('has no link if the links were revoked while it was being posted', async () => {
    const world = aWorld();
    world.revokeAtPut = () => {
      world.revokedAt = '2026-11-18T12:00:00Z';
    };
    await world.work();

    expect([world.urls, [...world.links.values()]]).toEqual([[undefined], ['revoked']]);
  });

  it.each([
    ['was withdrawn', (world: PostWorld) => world.revise('hidden')],
    ['was taken back', (world: PostWorld) => world.revise('retracted')],
    [
      'stands in a channel that is shared now',
      (world: PostWorld) => {
        world.channel = { ...channel, isShared: true };
        world.revise('told', 'It broke twice');
      },
    ],
    [
      'no longer concerns its readers',
      (world: PostWorld) => {
        world.revise('told');
        world.titles.delete(2);
      },
    ],
  ] as const)('that %s loses its link with its text, and has another when it is told again', async (_why, change) => {
    const world = aWorld();
    await world.work();
    const [old] = world.urls;
    change(world);
    await world.work();
    expect([...world.links.values()]).toEqual(['revoked']);

    world.channel = channel;
    world.revise('told', 'Told again');
    await world.work();
    expect([...world.links.values()]).toEqual(['revoked', 'open']);
    expect(world.urls).not.toEqual([old]);
    expect(world.urls).toEqual([expect.stringContaining('/s/')]);
  });

  it('names the page that asks who reads, and makes no link, if the file says so', async () => {
    const world = aWorld();
    world.mode = 'sign-in';
    await world.work();

    expect([...world.messages.values()][0]?.link?.url).toBe('https://afterword.example.com/archive/engineering/a-postmortem');
    expect(world.links.size).toBe(0);
  });

  it('is not begun in a shared, archived or foreign channel, and is tried again with another text', async () => {
    const world = aWorld();
    world.channel = { ...channel, isShared: true };
    expect(await world.work()).toEqual({ kind: 'settled', state: 'refused' });
    expect(world.row?.post).toMatchObject({ state: 'refused', code: 'is_ext_shared' });
    world.channel = channel;
    await world.work();
    expect(world.shown).toEqual([]);
    world.revise('told', 'It broke twice');
    await world.work();

    expect(world.shown).toEqual(['full It broke twice']);
  });

  it.each([
    ['the list lacks its name', []],
    ['the list knows it by an older name', [{ ...channel, name: 'general' }]],
    [
      'another channel had its name',
      [
        { ...channel, id: 'C00000002' },
        { ...channel, name: 'general' },
      ],
    ],
  ])('has the audience of the channel as it is called now, although %s', async (_what, listed) => {
    const world = aWorld();
    world.audience = 'cross-functional';
    const list = { read: async () => ({ at: '2026-11-18T12:00:00Z', channels: listed }) };
    const renditions: ConvergeDeps['renditions'] = async (audience) => (audience === 'engineering' ? aRendition() : crossFunctional);
    const deps = { ...world.deps, list, renditions, newKey: world.next, newLink: world.next };
    await repost(id.postmortem, id.channel, 'engineering', deps);
    await convergePost(id, deps);

    expect([...world.messages.values()]).toMatchObject([{ view: 'full', title: 'Customers could not log in' }]);
    expect(world.row?.audience).toBe('cross-functional');
    // No other text stood there before.
    expect(world.calls).not.toContain('update');
  });

  it('is not begun in a channel whose name Slack does not say', async () => {
    const world = aWorld();
    world.channel = { ...channel, name: '' };
    await repost(id.postmortem, id.channel, 'engineering', { ...world.deps, newKey: world.next, newLink: world.next });
    await world.work();

    expect([world.shown, world.row?.post.state]).toEqual([[], 'refused']);
  });

  it('is emptied with the next revision or a retraction if the channel is shared since', async () => {
    const retracted = aWorld();
    await retracted.work();
    retracted.channel = { ...channel, isShared: true };
    retracted.revise('retracted');
    await retracted.work();
    expect(retracted.shown).toEqual(['emptied']);

    const world = aWorld();
    await world.work();
    world.channel = { ...channel, isShared: true };
    world.revise('told', 'It broke twice');
    await world.work();

    expect(world.shown).toEqual(['emptied']);
  });

  it('waits while Slack is throttled, and tells at once that a token is no good', async () => {
    const world = aWorld();
    world.answers = [{ call: 'post', answer: { kind: 'stopped', code: 'invalid_auth' } }];

    expect(await world.work()).toEqual({ kind: 'stopped', code: 'invalid_auth' });
    expect(world.held?.why).toBe('invalid_auth');
    expect(await world.work()).toEqual({ kind: 'later', why: 'invalid_auth' });
    await world.drain();
    expect(world.shown).toEqual(['full Something broke']);

    world.revise('hidden');
    world.answers = [{ call: 'update', answer: { kind: 'stopped', code: 'token_revoked' } }];
    expect(await world.work()).toEqual({ kind: 'not withdrawn', code: 'token_revoked' });
    await world.drain();
    expect(world.shown).toEqual(['emptied']);
  });

  it.each(['before it is tried', 'by the call'] as const)('of which the text has to go says so, if Slack stops it %s', async (when) => {
    const world = aWorld();
    await world.work();
    world.revise('hidden');
    if (when === 'by the call') world.answers = [{ call: 'update', answer: { kind: 'stopped', code: 'token_revoked' } }];
    else world.held = { until: '2026-11-18T12:10:00Z', why: 'ratelimited' };
    await world.work();

    expect(world.shown).toEqual(['full Something broke']);
    expect(world.row && [mustGo(world.row), waitsSince(world.row)]).toEqual([true, '2026-11-18T12:00:00Z']);
    await world.drain();
    expect(world.shown).toEqual(['emptied']);
    expect(world.row && [mustGo(world.row, 'hidden'), waitsSince(world.row)]).toEqual([false, undefined]);
  });

  it('which may be told again before it was emptied waits for nobody', async () => {
    const world = aWorld();
    world.mode = 'sign-in';
    await world.work();
    world.revise('hidden');
    world.held = { until: '2026-11-18T12:10:00Z', why: 'ratelimited' };
    await world.work();
    world.revise('told');
    await world.work();

    expect(world.row && [mustGo(world.row, 'told'), waitsSince(world.row)]).toEqual([false, undefined]);
  });

  it('that has to be hidden waits for no place and for no token, only for the limits of Slack', async () => {
    const world = aWorld();
    await world.work();
    const until = '2026-11-18T12:10:00Z';
    const busy = { ...world.deps, pace: { ...world.deps.pace, book: async () => 60_000 } };
    world.revise('told', 'It broke twice');
    expect(await convergePost(id, busy)).toEqual({ kind: 'later', why: 'the channel’s pace' });
    world.revise('hidden');
    world.held = { until, why: 'ratelimited' };
    expect(await convergePost(id, busy)).toEqual({ kind: 'later', why: 'ratelimited' });
    world.held = { until, why: 'invalid_auth' };
    world.queue = [];
    world.answers = [{ call: 'update', answer: { kind: 'stopped', code: 'invalid_auth' } }];
    expect(await convergePost(id, busy)).toEqual({ kind: 'not withdrawn', code: 'invalid_auth' });
    expect(world.queue.map(({ at }) => at - world.now)).toEqual([60_000]);
    await convergePost(id, busy);

    expect(world.shown).toEqual(['emptied']);
  });

  it('becomes unconfirmed if the history refuses to be read for an hour, and people are told once', async () => {
    const world = aWorld();
    world.answers = [
      { call: 'post', answer: lost, isDone: true },
      ...Array.from({ length: 70 }, () => ({ call: 'look', answer: { kind: 'refused' as const, code: 'missing_scope' } })),
    ];
    await world.work();
    const kinds: string[] = [];
    while (world.queue.length > 0) {
      const [first] = world.queue.splice(0, 1);
      world.now = first?.at ?? 0;
      kinds.push((await world.work()).kind);
    }

    expect(kinds.at(-1)).toBe('unconfirmed');
    expect(kinds.length).toBeGreaterThan(59);
    expect(world.row?.post.state).toBe('unconfirmed');
  });
});

const crossFunctional = {
  id: 'a-postmortem',
  title: 'Customers could not log in',
  severity: 'sev2',
  status: 'published',
  products: [],
  services: [],
  doing: [],
  regions: [],
  say: [],
  doNotSay: [],
  saw: 'They could not log in.',
};

describe('a worker that dies', () => {
  const stories = {
    'at a first post': async (_: PostWorld) => {},
    'at an edit': async (world: PostWorld) => {
      await world.work();
      world.revise('told', 'It broke twice');
    },
    'at a hiding': async (world: PostWorld) => {
      await world.work();
      world.revise('hidden');
    },
  };

  it.each(Object.entries(stories))('%s leaves what the next one mends, whatever its last call was', async (_what, before) => {
    for (let call = 1; call <= 5; call += 1)
      for (const when of ['before', 'after'] as const) {
        const world = aWorld();
        await before(world);
        world.calls = [];
        world.deadAfter = when === 'before' ? call - 1 : call;
        await world.work().catch(() => undefined);
        world.deadAfter = Number.POSITIVE_INFINITY;
        // The message was not acknowledged.
        world.queue.push({ message: id, at: world.now });
        await world.drain();

        const title = world.titles.get(world.wanted?.revision ?? 0);
        expect([call, when, world.shown]).toEqual([call, when, [world.wanted?.standing === 'hidden' ? 'emptied' : `full ${title}`]]);
        expect(world.queue).toEqual([]);
      }
  });
});

describe('a call without an answer', () => {
  it('is looked for, and found', async () => {
    const world = aWorld();
    world.answers = [{ call: 'post', answer: lost, isDone: true }];
    world.queue.push({ message: id, at: world.now });
    await world.drain();

    expect(world.shown).toEqual(['full Something broke']);
    expect(world.calls.filter((one) => one === 'post')).toHaveLength(1);
  });

  it('is made once more after three looks, ten minutes later', async () => {
    const world = aWorld();
    world.answers = [{ call: 'post', answer: lost }];
    world.queue.push({ message: id, at: world.now });
    await world.drain();

    expect(world.calls.filter((one) => one === 'look').length).toBeGreaterThanOrEqual(3);
    expect(world.calls.filter((one) => one === 'post')).toHaveLength(2);
    expect(world.shown).toEqual(['full Something broke']);
    expect(world.now - begun).toBeGreaterThanOrEqual(1_200_000);
    expect(world.row?.post).toMatchObject({ state: 'posted' });
  });
});

describe('repost', () => {
  const asked = (world: PostWorld) =>
    repost(id.postmortem, id.channel, 'engineering', { ...world.deps, newKey: world.next, newLink: world.next });

  it('posts what somebody deleted, and what is old', async () => {
    const world = aWorld();
    await world.work();
    expect(await asked(world)).toBe('looked at');
    world.messages.clear();
    world.revise('told', 'It broke twice');
    await world.work();
    expect(world.row?.post.state).toBe('lost');
    if (world.wanted?.told) world.wanted = { ...world.wanted, told: { ...world.wanted.told, newsDate: undefined } };

    expect(await asked(world)).toBe('asked for');
    await world.drain();

    expect(world.shown).toEqual(['full It broke twice']);
  });

  it('looks first where nobody could confirm it', async () => {
    const world = aWorld();
    await world.work();
    if (world.row) world.row = { ...world.row, post: { state: 'unconfirmed', since: '2026-11-18T12:00:00Z' } };
    expect(await asked(world)).toBe('asked for');
    await world.drain();

    expect(world.shown).toEqual(['full Something broke']);
  });

  it('tells nothing of what is hidden', async () => {
    expect(await asked(aWorld('hidden'))).toBe('not to be told');
  });

  it('has an edit tried again that Slack refused', async () => {
    const world = aWorld();
    await world.work();
    world.revise('told', 'It broke twice');
    world.answers = [{ call: 'update', answer: { kind: 'refused', code: 'edit_window_closed' } }];
    await world.work();
    await world.work();
    expect(world.shown).toEqual(['full Something broke']);

    expect(await asked(world)).toBe('looked at');
    await world.drain();

    expect(world.shown).toEqual(['full It broke twice']);
    expect(world.row?.post).not.toHaveProperty('refused');
  });

  it('leaves alone what is under way', async () => {
    const world = aWorld();
    world.answers = [{ call: 'post', answer: lost, isDone: true }];
    await world.work();
    expect(await asked(world)).toBe('under way');
  });
});

describe('a new list of channels', () => {
  const listed = async (world: PostWorld): Promise<number> => {
    const unsettled = async () => (world.row && waitsSince(world.row) ? [world.row] : []);
    const again = await tryRefusedAgain([world.channel], { ...world.deps, posts: { ...world.deps.posts, unsettled } });
    await world.drain();
    return again;
  };

  it('brings a text back to a channel that is no longer shared, and not before', async () => {
    const world = aWorld();
    await world.work();
    world.channel = { ...channel, isShared: true };
    world.revise('told', 'It broke twice');
    await world.work();
    expect(world.row?.post).toMatchObject({ refused: { code: 'is_ext_shared' } });
    expect([await listed(world), world.shown]).toEqual([0, ['emptied']]);
    world.channel = channel;

    expect([await listed(world), world.shown]).toEqual([1, ['full It broke twice']]);
    expect(await listed(world)).toBe(0);
  });

  it('begins a post where the app was not in the channel, and keeps since when it waits', async () => {
    const world = aWorld();
    world.answers = [{ call: 'ask', answer: { kind: 'refused', code: 'channel_not_found' } }];
    await world.work();
    world.now += 60_000;
    world.answers = [{ call: 'ask', answer: { kind: 'refused', code: 'channel_not_found' } }];
    await listed(world);
    expect([world.row?.post.state, world.row && waitsSince(world.row)]).toEqual(['refused', '2026-11-18T12:00:00Z']);
    await listed(world);

    expect(world.shown).toEqual(['full Something broke']);
  });
});

describe('fanOut', () => {
  const fanned = (world: PostWorld, rows: SlackPostRow[] = []) =>
    fanOut(id.postmortem, {
      ...world.deps,
      posts: { ...world.deps.posts, list: async () => rows, unsettled: async () => [] },
      list: { ...world.deps.list, put: async () => {} },
      slack: { channels: async () => ({ kind: 'ok', value: [channel] }) },
    });

  it('looks at each channel that gets it and at each post that stands', async () => {
    const world = aWorld();
    await world.work();
    const other = { ...(world.row as SlackPostRow), channel: 'C00000009' };

    expect(await fanned(world, [other])).toEqual({ kind: 'fanned out', posts: 2, unknown: [] });
    expect(world.queue.map(({ message }) => message.channel)).toEqual(['C00000009', 'C00000001']);
  });

  it('ends the link of a post that somebody deleted, once it may not be told', async () => {
    const world = aWorld();
    await world.work();
    const row: SlackPostRow = { ...(world.row as SlackPostRow), post: { state: 'lost', since: '2026-11-18T12:00:00Z' } };
    world.row = row;
    await fanned(world, [row]);
    expect([...world.links.values()]).toEqual(['open']);
    world.revise('hidden');
    await fanned(world, [row]);
    expect([...world.links.values()]).toEqual(['revoked']);
    expect(world.row.link).toBeUndefined();
  });

  it('begins nothing of what is hidden or old', async () => {
    const old = aWorld();
    if (old.wanted?.told) old.wanted = { ...old.wanted, told: { ...old.wanted.told, newsDate: undefined } };

    expect(await fanned(aWorld('hidden'))).toMatchObject({ posts: 0 });
    expect(await fanned(old)).toMatchObject({ posts: 0 });
  });
});

describe('the list of channels', () => {
  /** How often it is read, and how many posts are tried again, if it is so old. */
  const reads = async (ageMs: number, channels: SlackChannel[]): Promise<[number, number]> => {
    const world = aWorld();
    let read = 0;
    const at = new Date(begun - ageMs).toISOString().replace('.000Z', 'Z');
    const post = { state: 'refused', code: 'not_in_channel', hash: 'h', since: '2026-11-18T11:00:00Z' } as const;
    world.row = { ...id, audience: 'engineering', key: 'k', post, version: 1 };
    await fanOut(id.postmortem, {
      ...world.deps,
      posts: { ...world.deps.posts, list: async () => [], unsettled: async () => [world.row as SlackPostRow] },
      list: { read: async () => ({ at, channels }), put: async () => {} },
      slack: {
        channels: async () => {
          read += 1;
          return { kind: 'ok', value: [channel] };
        },
      },
    });
    return [read, world.calls.filter((one) => one === 'write refused').length];
  };

  it('is read anew if a name is missing in it, at most every five minutes', async () => {
    expect([await reads(299_000, []), await reads(300_000, []), await reads(300_000, [channel])]).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
  });

  it('is read anew after a day, and what was refused is tried again', async () => {
    const day = 86_400_000;
    expect([await reads(day - 1000, [channel]), await reads(day, [channel])]).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});

describe('knownChannels', () => {
  it('asks for a channel once in five seconds, and for none while Slack wants to be left alone', async () => {
    let [now, asked] = [begun, 0];
    let answer: SlackAnswer<SlackChannel> = { kind: 'ok', value: channel };
    const ask = knownChannels(
      {
        channel: async () => {
          asked += 1;
          return answer;
        },
      },
      () => new Date(now),
    );
    await ask(channel.id);
    now += 4000;
    await ask(channel.id);
    expect(asked).toBe(1);
    now += 1000;
    answer = { kind: 'later', seconds: 30, code: 'ratelimited' };
    expect(await ask(channel.id)).toEqual(answer);
    now += 10_000;
    expect(await ask('C00000009')).toEqual({ ...answer, seconds: 20 });
    expect(asked).toBe(2);
    now += 20_000;
    await ask(channel.id);
    expect(asked).toBe(3);
  });
});
