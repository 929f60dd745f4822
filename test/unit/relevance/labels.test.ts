import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  catalogue,
  labels,
  pairs,
  sampleIncidents,
  secondLabeller,
  secondLabels,
  shortIncidents,
  type Told,
  textsOfPairs,
} from '../../support/relevance-set.ts';

const entities = catalogue();
const ofKind = (kind: string) => entities.filter((entity) => entity.kind === kind);
const names = (kind: string) => new Set(ofKind(kind).map(({ metadata }) => metadata.name));
const teams = ofKind('Group').filter(({ spec }) => spec.type === 'team');
const titles = new Set(teams.map(({ metadata }) => metadata.title ?? ''));
const teamOf = (service: string) => {
  const owner = ofKind('Component').find(({ metadata }) => metadata.name === service)?.spec.owner;
  return teams.find(({ metadata }) => metadata.name === owner)?.metadata.title;
};

const short = shortIncidents();
const incidents = [...sampleIncidents(), ...short];
const paired = textsOfPairs();
const byId = new Map([...incidents, ...paired].map((told) => [told.postmortem.id, told]));
const told = (id: string): Told => byId.get(id) ?? expect.fail(`no postmortem ${id}`);
const ids = incidents.map(({ postmortem }) => postmortem.id);

/** The order by which halves and the second labeller's share were drawn: nobody chose, and everybody can draw again. */
const drawn = (seed: string) =>
  ids.toSorted((a, b) => {
    const [one, other] = [a, b].map((id) => createHash('sha256').update(`${seed}\n${id}`).digest('hex'));
    return (one ?? '') < (other ?? '') ? -1 : 1;
  });

describe('the catalogue', () => {
  it('has forty services in fifteen teams, each owned by one of them', () => {
    expect(names('Component').size).toBe(40);
    expect(ofKind('Component')).toHaveLength(40);
    expect(titles.size).toBe(15);
    const owned = entities.filter(({ kind }) => kind !== 'Group');
    expect(owned.filter(({ spec }) => !teams.some(({ metadata }) => metadata.name === spec.owner))).toEqual([]);
    expect(teams.filter(({ metadata }) => !ofKind('Component').some(({ spec }) => spec.owner === metadata.name))).toEqual([]);
  });

  it('describes each service in two sentences, with technologies and a lifecycle', () => {
    const thin = ofKind('Component').filter(
      ({ metadata, spec }) => !metadata.tags?.length || !spec.lifecycle || metadata.description.split(/\.(?:\s|$)/).length !== 3,
    );
    expect(thin.map(({ metadata }) => metadata.name)).toEqual([]);
  });

  it('refers to nothing that it does not have', () => {
    const known = new Set(entities.map(({ kind, metadata }) => `${kind.toLowerCase()}:${metadata.name}`));
    const referred = entities.flatMap(({ spec }) => [
      ...(spec.dependsOn ?? []),
      ...[...(spec.providesApis ?? []), ...(spec.consumesApis ?? [])].map((api) => `api:${api}`),
      ...(spec.system ? [`system:${spec.system}`] : []),
      ...[...(spec.children ?? []), ...(spec.parent ? [spec.parent] : [])].map((group) => `group:${group}`),
    ]);
    expect(referred.length).toBeGreaterThan(200);
    expect(referred.filter((reference) => !known.has(reference))).toEqual([]);
  });
});

describe('the incidents', () => {
  it('are sixty, each read as it is meant', () => {
    expect(new Set(ids).size).toBe(60);
    expect(short).toHaveLength(38);
    expect([...byId.keys()]).toHaveLength(60 + paired.length);
    for (const { file, postmortem } of [...short, ...paired]) {
      expect(file).toBe(`${postmortem.id}.md`);
      expect(postmortem.severity, file).not.toBe('unclassified');
      expect(postmortem.actionItems.length, file).toBeGreaterThan(1);
      expect(postmortem.summary, file).toBeTruthy();
    }
  });

  it('name services and teams of the catalogue, with a link to the public report', () => {
    for (const { file, postmortem } of [...incidents, ...paired]) {
      expect(titles, file).toContain(postmortem.owningTeam);
      expect([...names('Component')], file).toEqual(expect.arrayContaining(postmortem.services));
      expect(postmortem.services.length, file).toBeGreaterThan(0);
      expect(postmortem.links.length, file).toBeGreaterThan(0);
      expect(
        postmortem.links.filter(({ url }) => !url.startsWith('https://')),
        file,
      ).toEqual([]);
    }
  });

  it('are short', () => {
    const words = ({ text }: Told) => text.replace(/^---\n[\s\S]*?\n---\n/, '').split(/\s+/).length;
    expect(short.filter((one) => words(one) < 150 || words(one) > 250).map(({ file }) => file)).toEqual([]);
  });
});

describe('the labels', () => {
  const all = labels();

  it('are in two halves of thirty, drawn and not chosen', () => {
    const tuned = all.filter(({ half }) => half === 'tune').map(({ incident }) => incident);
    expect(tuned.toSorted()).toEqual(drawn('halves').slice(0, 30).toSorted());
    expect(all.filter(({ half }) => half === 'report')).toHaveLength(30);
  });

  it('leave thirty incidents to a second labeller, drawn as well', () => {
    expect(secondLabeller()).toEqual(drawn('second labeller').slice(0, 30).toSorted());
  });
});

describe.each([
  { by: 'first', all: labels(), judged: ids },
  { by: 'second', all: secondLabels(), judged: secondLabeller() },
])('the labels of the $by labeller', ({ all, judged }) => {
  it('judge each of the incidents once', () => {
    expect(all.map(({ incident }) => incident).toSorted()).toEqual(judged.toSorted());
  });

  it('name teams once each, never the owner, and say why where they name nobody', () => {
    for (const { incident, teams, none } of all) {
      const named = teams.map(({ team }) => team);
      expect(new Set(named).size, incident).toBe(named.length);
      expect(named, incident).not.toContain(told(incident).postmortem.owningTeam);
      expect([...titles], incident).toEqual(expect.arrayContaining(named));
      expect(Boolean(none), incident).toBe(named.length === 0);
    }
  });

  it('name each team whose service an incident names, and each that promised something in it', () => {
    for (const { incident, teams } of all) {
      const { services, owningTeam, actionItems } = told(incident).postmortem;
      const promised = actionItems.flatMap(({ owner = '', team = owner }) => (titles.has(team) ? [team] : []));
      const concerned = new Set([...services.map(teamOf), ...promised].filter((team) => team !== owningTeam));
      expect(
        teams.map(({ team }) => team),
        incident,
      ).toEqual(expect.arrayContaining([...concerned]));
    }
  });
});

describe('the pairs', () => {
  const all = pairs();
  const began = (id: string) => told(id).postmortem.startedAt ?? expect.fail(`${id} does not say when it began`);

  it('are twenty repeats and twenty near misses, each in the order of time', () => {
    expect(all.filter(({ kind }) => kind === 'repeat')).toHaveLength(20);
    expect(all.filter(({ kind, alike }) => kind === 'near miss' && alike)).toHaveLength(20);
    expect(new Set(all.map(({ earlier, later }) => `${earlier} ${later}`)).size).toBe(40);
    expect(all.filter(({ earlier, later }) => began(earlier) >= began(later))).toEqual([]);
  });

  it('use each text that was written for them', () => {
    const used = new Set(all.flatMap(({ earlier, later }) => [earlier, later]));
    expect(paired.filter(({ postmortem }) => !used.has(postmortem.id)).map(({ file }) => file)).toEqual([]);
  });

  it('list the actions of the earlier one with the states that its text gives', () => {
    for (const { earlier, actions } of all) {
      const read = told(earlier).postmortem.actionItems.map(({ title, status }) => ({ title, status }));
      expect(
        actions.map(({ title, state }) => ({ title, status: state === 'done late' ? 'done' : state })),
        earlier,
      ).toEqual(read);
    }
  });

  it('say which promise would have caught a repeat: one that was not kept in time', () => {
    for (const { kind, earlier, later, actions, wouldHaveCaught } of all) {
      const action = actions.find(({ title }) => title === wouldHaveCaught);
      if (wouldHaveCaught !== null) expect(['open', 'done late', 'declined'], earlier).toContain(action?.state);
      if (kind === 'near miss') expect(wouldHaveCaught, earlier).toBeNull();
      for (const { state, doneOn } of actions) {
        expect(Boolean(doneOn), earlier).toBe(state === 'done late');
        if (doneOn) expect(doneOn > began(later).slice(0, 10), earlier).toBe(true);
      }
    }
  });
});
