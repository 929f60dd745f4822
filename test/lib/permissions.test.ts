import { describe, expect, it } from 'vitest';
import * as shape from '../../adapters/dynamodb/table-shape.ts';
import { partitionPatterns, realmPatterns } from '../../adapters/dynamodb/table-shape.ts';
import { serviceEditionId } from '../../core/edition/service-mail.ts';
import { lanes as laneNames, realms, streamsOf } from '../../core/stream/stream.ts';
import { aStage, type Json, testDistribution, the } from '../support/stage-under-test.ts';

const stage = aStage('production');
const lanes = laneNames.map((lane) => `deliver-${lane}`);
const internal = lanes.filter((name) => name !== 'deliver-customers');
const others = stage.functionNames().filter((name) => !lanes.includes(name));

/** Partitions of the table, or of the index, that a function reaches with any action. */
const partitionsOf = (name: string, where: 'table' | 'index' = 'table'): string[] =>
  stage
    .statements(name)
    .filter(({ Action }) => String(Action).includes('dynamodb:'))
    .filter(({ Resource }) => JSON.stringify(Resource).includes('/index/') === (where === 'index'))
    .flatMap(({ Condition }) => Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys']);
/** The configuration sets by which a lane may send. */
const setsOf = (name: string): Json[] =>
  stage
    .statements(name)
    .filter(({ Action, Condition }) => Action === 'ses:SendRawEmail' && !Condition)
    .flatMap(({ Resource }) => Resource);
const sending = (name: string): Json => stage.statements(name).find(({ Action }) => String(Action).includes('ses:Send'));

describe('no function', () => {
  it.each(stage.functionNames())('may scan or use transactions (%s)', (name) => {
    expect(stage.actions(name).filter((action) => /dynamodb:(Scan|PartiQL|Transact|\*)/.test(action))).toEqual([]);
  });

  it.each(stage.functionNames())('holds an action or a resource with a star, but for the quota (%s)', (name) => {
    const wide = stage.statements(name).filter(({ Action, Resource }) => JSON.stringify([Action, Resource]).includes('*'));

    expect(wide.map(({ Action }) => Action)).toEqual(name === 'sweep' ? ['ses:GetSendQuota'] : []);
  });

  it.each(stage.functionNames())('reaches the table without saying which partitions (%s)', (name) => {
    const open = stage.statements(name).filter(({ Action, Condition }) => String(Action).includes('dynamodb:') && Condition === undefined);

    expect(open).toEqual([]);
  });

  it('has a policy from elsewhere', () => {
    expect(stage.all('AWS::IAM::Role').filter(({ properties }) => properties.ManagedPolicyArns !== undefined)).toEqual([]);
  });

  it('may do more than the policy of its role has room for', () => {
    // CDK would put the rest into a managed policy, which `statements` does not see.
    expect(stage.all('AWS::IAM::ManagedPolicy')).toEqual([]);
  });
});

describe('mail', () => {
  it.each(others)('is not sent by %s', (name) => {
    expect(stage.actions(name).filter((action) => action.startsWith('ses:') && action !== 'ses:GetSendQuota')).toEqual([]);
  });

  it.each(internal)('of %s goes from the internal sender to the organisation and nowhere else', (name) => {
    expect(sending(name).Action).toBe('ses:SendRawEmail');
    expect(sending(name).Condition).toEqual({
      StringEquals: { 'ses:FromAddress': 'lessons@corp.fabrikam.example' },
      'ForAllValues:StringLike': { 'ses:Recipients': ['*@fabrikam.example', '*@corp.fabrikam.example'] },
      Null: { 'ses:Recipients': 'false' },
    });
  });

  it('to customers comes from their own sender and configuration set', () => {
    const statement = sending('deliver-customers');

    expect(statement.Condition.StringEquals).toEqual({ 'ses:FromAddress': 'status@notices.fabrikam.example' });
    const sets = setsOf('deliver-customers');
    expect(JSON.stringify(sets)).toContain('configuration-set/afterword-production-customers');
    expect(JSON.stringify(sets)).not.toContain('-internal');
  });

  it.each(lanes)(
    'of %s is allowed at the identity with conditions, and by its configuration sets without: SES need not tell those there',
    (name) => {
      expect(JSON.stringify(sending(name).Resource)).not.toContain('configuration-set');
      expect(setsOf(name)).toHaveLength(2);
      expect(setsOf(name).every((resource) => JSON.stringify(resource).includes('configuration-set/afterword-production-'))).toBe(true);
    },
  );

  it('may come from a domain or from an address that is verified by itself', () => {
    const [domain, address] = sending('deliver-bulk').Resource;

    expect(JSON.stringify(domain)).toMatch(/identity\/.*corpfabrikamexample/);
    expect(JSON.stringify(address)).toContain(':identity/lessons@corp.fabrikam.example');
  });

  it('is not sent to customers at all where no sender is named for them', () => {
    const sample = aStage('production', { distribution: testDistribution.replace('with-customers.yaml', 'internal-only.yaml') });

    expect(sample.actions('deliver-customers').filter((action) => action.startsWith('ses:'))).toEqual([]);
    expect(sample.actions('deliver-bulk')).toContain('ses:SendRawEmail');
  });

  it('of a stage with an allow-list reaches only the mailbox simulator until addresses are named', () => {
    const staging = aStage('staging');

    for (const lane of lanes) {
      const { Condition } = staging.statements(lane).find(({ Action }) => Action === 'ses:SendRawEmail');
      expect(Condition['ForAllValues:StringLike']['ses:Recipients']).toEqual(['*@simulator.amazonses.com']);
    }
  });
});

describe('what stays hidden', () => {
  it('intake sees no person and no subscription', () => {
    expect(partitionsOf('intake')).toContain('PM#*');
    expect(partitionsOf('intake').filter((partition) => /^(SUB|STREAM|SUPPRESSED)#/.test(partition))).toEqual([]);
  });

  it('who takes a postmortem in notes in the audit who sent it, reads none of it, and reaches nothing of customers there', () => {
    for (const name of ['intake', 'sweep']) {
      const audit = stage.statements(name).filter((statement) => JSON.stringify(statement).includes('AUDIT#'));
      expect(audit.map(({ Action }) => [Action].flat())).toEqual([['dynamodb:PutItem']]);
      expect(partitionsOf(name).filter((partition) => partition.startsWith('AUDIT#'))).toEqual(['AUDIT#2*']);
    }
  });

  it('web lists of open work only the editions that are under way, and open reviews', () => {
    expect(partitionsOf('web', 'index').filter((partition) => partition.startsWith('OPEN#'))).toEqual(['OPEN#edition', 'OPEN#review']);
  });

  it('web sees no postmortem', () => {
    expect([...partitionsOf('web'), ...partitionsOf('web', 'index')].filter((partition) => /^(PM|PMS)#/.test(partition))).toEqual([]);
  });

  it('what customers read is put by nobody who takes postmortems in', () => {
    for (const name of ['intake', 'sweep']) {
      const puts = stage
        .statements(name)
        .filter(({ Action }) => JSON.stringify(Action).includes('PutItem'))
        .flatMap(({ Condition }): string[] => Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'])
        .filter((partition) => /^(REND|SEARCH)#/.test(partition));

      expect(puts.toSorted()).toEqual([...realmPatterns.staff.archives, ...realmPatterns.staff.renditions].toSorted());
    }
  });

  const writing = ['PutItem', 'UpdateItem', 'DeleteItem'];
  /** Who may change the item with this key. */
  const writersOf = (key: string) =>
    stage.functionNames().filter((name) =>
      stage
        .statements(name)
        .filter(({ Action }) => writing.some((action) => JSON.stringify(Action).includes(`dynamodb:${action}`)))
        .flatMap(({ Condition }): string[] => Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'])
        .some((pattern) => fits(pattern, key)),
    );

  it.each([
    ['REND#customers#bcdfghjkmn', ['compose']],
    ['ED#customer-notices_bcdfghjkmn_r1', ['compose', 'deliver-customers', 'feedback', 'home', 'operator', 'sweep']],
    ['EXT#pm-1', ['compose', 'home', 'operator', 'web']],
    ['DRAFT#1f', ['home', 'operator']],
    ['CONFIG#CUSTOMERS', ['home', 'operator', 'sweep']],
    ['CONFIG', ['home', 'operator']],
  ])('%s is written by nobody but %j', (key, writers) => {
    expect(writersOf(key).filter((name) => !writers.includes(name))).toEqual([]);
  });

  it('what was told of an incident is written by compose alone', () => {
    const reaching = stage.functionNames().map((name) => {
      const statements = stage.statements(name).filter((statement) => JSON.stringify(statement).includes('"UPDATES#*"'));
      return [name, statements.flatMap(({ Action }) => Action)];
    });

    expect(Object.fromEntries(reaching.filter(([, actions]) => actions?.length))).toEqual({
      compose: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      operator: ['dynamodb:GetItem', 'dynamodb:Query'],
      home: ['dynamodb:GetItem', 'dynamodb:Query'],
      sweep: ['dynamodb:GetItem'],
    });
  });

  it('action items are written by who takes postmortems in, and by who puts what people did', () => {
    const reaching = stage.functionNames().map((name) => {
      const statements = stage.statements(name).filter((statement) => JSON.stringify(statement).includes('"ACT#*"'));
      return [name, [...new Set(statements.flatMap(({ Action }) => Action))].toSorted()] as const;
    });

    expect(Object.fromEntries(reaching.filter(([, actions]) => actions.length))).toEqual({
      intake: ['dynamodb:PutItem', 'dynamodb:Query'],
      sweep: ['dynamodb:PutItem', 'dynamodb:Query'],
      operator: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      home: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      // Reviewers decide on its pages.
      web: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      compose: ['dynamodb:Query'],
      // What earlier postmortems promised.
      relevance: ['dynamodb:Query'],
    });
  });

  it('compose sees no person', () => {
    expect(partitionsOf('compose').filter((partition) => partition.startsWith('SUB#'))).toEqual([]);
  });

  it.each(internal)('%s sees no customer', (name) => {
    expect(partitionsOf(name)).toContain('SUB#staff#*');
    expect(partitionsOf(name)).not.toContain('SUB#*');
    expect(partitionsOf(name)).not.toContain('SUB#customers#*');
  });

  it.each(laneNames)('%s knows the brake of its lane and no other', (lane) => {
    const brakes = partitionsOf(`deliver-${lane}`).filter((partition) => partition.startsWith('LANE#'));
    expect(new Set(brakes)).toEqual(new Set([`LANE#${lane}`]));
  });

  it.each(lanes)('%s may read in one call what it reads in one call', (name) => {
    const batches = stage.statements(name).filter(({ Action }) => [Action].flat().includes('dynamodb:BatchGetItem'));
    const together = the(batches).Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'].map((one: string) => one.split('#')[0]);

    expect(new Set(together)).toEqual(new Set(['SUB', 'ED', 'QUOTA', 'LANE']));
  });

  it('the customers lane sees what is theirs', () => {
    expect(new Set(partitionsOf('deliver-customers'))).toEqual(
      new Set([
        'STREAM#customer-notices#*',
        'ED#customer-notices_*',
        'ED#service-customers_*',
        'REND#customers#*',
        'PACER',
        'SUB#customers#*',
        'QUOTA',
        'LANE#customers',
      ]),
    );
  });

  it('the pages of customers see what is theirs', () => {
    expect(new Set(partitionsOf('web-customers'))).toEqual(
      new Set([
        'CONFIG#CUSTOMERS',
        'SUB#customers#*',
        'STREAM#customer-notices#*',
        'REND#customers#*',
        'SLOTS#customer-notices',
        'ED#customer-notices_*',
        'ED#service-customers_*',
        'LIMIT#customers-*',
        'AUDIT#customers#*',
        'ERASE#customers#*',
        'SUPPRESSED#*',
      ]),
    );
    expect(partitionsOf('web-customers', 'index')).toEqual(['EDS#customers#*', 'SERVICE#customers', 'NOTICES']);
  });

  it('the pages of staff reach nothing of a customer', () => {
    const theirs = [
      'SUB#customers#0',
      'STREAM#customer-notices#default#0',
      'SLOTS#customer-notices',
      'ED#customer-notices_pm-1_r1',
      'ED#service-customers_confirm_0',
      'REND#customers#pm-1',
      'LIMIT#customers-all#0',
      'AUDIT#customers#2026-11',
      'ERASE#customers#0',
      'SERVICE#customers',
      'EDS#customers#2026-11',
      'CONFIG#CUSTOMERS',
    ];
    const patterns = [...partitionsOf('web'), ...partitionsOf('web', 'index')].map(
      (pattern) => new RegExp(`^${pattern.replaceAll(/[.+?^$()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`),
    );

    expect(theirs.filter((key) => patterns.some((pattern) => pattern.test(key)))).toEqual([]);
    expect(patterns.some((pattern) => pattern.test('SUB#staff#0'))).toBe(true);
  });

  it('only what operators use lists people, and only their command line lists keys', () => {
    const listing = (list: RegExp) =>
      stage.functionNames().filter((name) => partitionsOf(name, 'index').some((partition) => list.test(partition)));

    expect(listing(/^PEOPLE/).toSorted()).toEqual(['drift', 'home', 'operator', 'scim']);
    expect(listing(/^KEYS/)).toEqual(['operator']);
    expect(listing(/^EXTS/).toSorted()).toEqual(['drift', 'home', 'operator']);
  });

  it('home reads and makes no key, and asks for no secret of tokens or of the first key', () => {
    expect(partitionsOf('home').filter((partition) => partition.startsWith('KEY'))).toEqual([]);
  });

  it('only operators’ functions and the pages read the secret that makes people, feedback that of marks, and only operator the first key', () => {
    const readers = (secret: RegExp) =>
      stage
        .functionNames()
        .filter((name) =>
          stage
            .statements(name)
            .some(({ Action, Resource }) => String(Action).includes('GetSecretValue') && secret.test(JSON.stringify(Resource))),
        );

    expect(readers(/IdentitySecret/).toSorted()).toEqual(['drift', 'home', 'operator', 'scim', 'web', 'web-customers']);
    expect(readers(/SuppressionSecret/).toSorted()).toEqual(['feedback', 'home', 'operator', 'scim', 'web', 'web-customers']);
    expect(readers(/FirstKey/)).toEqual(['operator']);
  });

  it('who serves customers signs and proves their links alone, and nobody else knows those keys', () => {
    const keys = stage
      .functionNames()
      .flatMap((name) => {
        const allowed = stage.statements(name).filter(({ Action }) => String(Action).includes('GetSecretValue'));
        const told = stage.fn(name).properties.Environment.Variables.TOKEN_KEYS_ARN?.Ref;
        const read = [...JSON.stringify(allowed).matchAll(/Secrets(TokenKeys(?:ForCustomers)?)[0-9A-F]{8}/g)].map(([, which]) => which);
        return read.length > 0 ? [[name, read, told?.slice('Secrets'.length, -8)] as const] : [];
      })
      .toSorted();

    expect(keys).toEqual(
      [
        ...[...internal, 'web'].map((name) => [name, ['TokenKeys'], 'TokenKeys'] as const),
        ...['deliver-customers', 'web-customers'].map((name) => [name, ['TokenKeysForCustomers'], 'TokenKeysForCustomers'] as const),
      ].toSorted(),
    );
  });
});

it('every pattern of a permission fits the keys that are built', () => {
  const sid = '0123456789abcdef0123456789abcdef';
  const id = 'pm-1' as Parameters<typeof shape.postmortemKey>[0];
  const built = [
    [partitionPatterns.postmortems, shape.postmortemKey(id).pk],
    [partitionPatterns.renditions, shape.renditionKey('engineering', id, 1).pk],
    [partitionPatterns.customerRenditions, shape.renditionKey('customers', id, 1).pk],
    [partitionPatterns.actions, shape.actionPartition(id)],
    [partitionPatterns.people, shape.profileKey('staff', sid).pk],
    [partitionPatterns.staff, shape.profileKey('staff', sid).pk],
    [partitionPatterns.customers, shape.profileKey('customers', sid).pk],
    [partitionPatterns.subscriptions, shape.subscriptionKey('engineering-digest', 'default', sid).pk],
    [realmPatterns.customers.subscriptions.join(), shape.subscriptionKey('customer-notices', 'default', sid).pk],
    [partitionPatterns.suppressions, shape.suppressionKey(sid).pk],
    [partitionPatterns.editions, shape.editionKey('engineering-digest_2026-W47').pk],
    [realmPatterns.customers.editions[0] ?? '', shape.rangeKey('customer-notices_pm-1_r1', 'default', '0101').pk],
    [realmPatterns.customers.editions[0] ?? '', shape.evidenceKey('customer-notices_pm-1_r1', sid).pk],
    [
      partitionPatterns.customerAnswers,
      shape.editionKey(serviceEditionId({ kind: 'confirm', about: '', realm: 'customers', subscriber: sid, at: new Date(0) })).pk,
    ],
    [partitionPatterns.slots, shape.slotsPartition('engineering-digest')],
    [partitionPatterns.updates, shape.updatesKey(id, 'sev1-alerts').pk],
    ...laneNames.map((lane) => [partitionPatterns.lanes, shape.laneKey(lane).pk] as const),
    [partitionPatterns.keys, shape.keyKey('k').pk],
    [partitionPatterns.audit, shape.auditKey('2026-11-23T00:00:00Z', '1', 'staff').pk],
    [
      partitionPatterns.answers,
      shape.editionKey(serviceEditionId({ kind: 'confirm', about: '', realm: 'customers', subscriber: sid, at: new Date(0) })).pk,
    ],
    ...(['staff', 'customers'] as const).flatMap((realm) =>
      [
        [realmPatterns[realm].people, shape.profileKey(realm, sid).pk],
        [realmPatterns[realm].erasures, shape.erasureKey(realm, sid).pk],
        [realmPatterns[realm].audit, shape.auditKey('2026-11-23T00:00:00Z', '1', realm).pk],
        [realmPatterns[realm].listedAnswers, shape.serviceEditionsPartition(realm)],
        ...streamsOf(realm).flatMap((stream) => [
          [realmPatterns[realm].subscriptions, shape.subscriptionKey(stream, 'default', sid).pk],
          [realmPatterns[realm].slots, shape.slotsPartition(stream)],
          [realmPatterns[realm].editions, shape.editionKey(`${stream}_2026-W47`).pk],
        ]),
      ].map(([patterns, key]) => [[patterns].flat().find((one) => fits(one ?? '', String(key))) ?? 'no pattern', String(key)] as const),
    ),
    [realmPatterns.staff.sessions[0], shape.sessionKey(sid, 'session', '0').pk],
    [realmPatterns.staff.usedLinks[0], shape.usedLinkKey('0').pk],
    [partitionPatterns.sweep, shape.sweepKey('cursor').pk],
    [partitionPatterns.listedWork, shape.openPartition('leaf')],
    [partitionPatterns.listedWork, shape.openPartition('update')],
    [partitionPatterns.listedPostmortems, shape.postmortemsPartition('2026-11')],
    [partitionPatterns.customersConfiguration, shape.customersDistributionKey.pk],
    ...realms.flatMap((realm) => [
      [partitionPatterns.listedEditions, shape.editionsPartition('2026-11', realm)] as const,
      [realmPatterns[realm].listedEditions[0], shape.editionsPartition('2026-11', realm)] as const,
    ]),
    [partitionPatterns.listedActions, shape.closedActionsPartition('2026-11')],
    [partitionPatterns.listedPeople, shape.peoplePartition('0')],
  ] as const;

  expect(built.filter(([pattern, key]) => !fits(pattern, key))).toEqual([]);
});

const fits = (pattern: string, key: string) => (pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern);
