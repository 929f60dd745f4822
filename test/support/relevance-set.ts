import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import type { Postmortem } from '../../core/postmortem/postmortem.ts';
import { fromMarkdown } from './reading.ts';

/** What test/relevance holds; its README says what each field means. */
const Entity = z.looseObject({
  kind: z.enum(['Component', 'Resource', 'API', 'System', 'Group']),
  metadata: z.looseObject({
    name: z.string(),
    title: z.string().optional(),
    description: z.string(),
    tags: z.array(z.string()).optional(),
  }),
  spec: z.looseObject({
    type: z.string().optional(),
    owner: z.string().optional(),
    system: z.string().optional(),
    lifecycle: z.string().optional(),
    parent: z.string().optional(),
    children: z.array(z.string()).optional(),
    providesApis: z.array(z.string()).optional(),
    consumesApis: z.array(z.string()).optional(),
    dependsOn: z.array(z.string()).optional(),
  }),
});
export type Entity = z.infer<typeof Entity>;

const id = z.string().min(1);
const sentence = z.string().regex(/^[A-Z].*\.$/);
const Judgement = z.strictObject({
  incident: id,
  teams: z.array(z.strictObject({ team: z.string(), grade: z.union([z.literal(1), z.literal(2)]), reason: sentence })),
  none: sentence.optional(),
});
export type LabelledIncident = z.infer<typeof Judgement>;
const Label = Judgement.extend({ half: z.enum(['tune', 'report']) });

const Pair = z.strictObject({
  earlier: id,
  later: id,
  kind: z.enum(['repeat', 'near miss']),
  alike: z.enum(['same technology', 'same failure', 'same words']).optional(),
  actions: z.array(
    z.strictObject({
      title: z.string(),
      state: z.enum(['done', 'open', 'done late', 'declined']),
      doneOn: z.iso.date().optional(),
    }),
  ),
  wouldHaveCaught: z.string().nullable(),
  why: sentence,
});

const folder = new URL('../relevance/', import.meta.url);
const samples = new URL('../../samples/postmortems/', import.meta.url);
const now = new Date('2026-11-30T12:00:00Z');
const namesIn = (place: URL, ending: string) => readdirSync(place).filter((name) => name.endsWith(ending));
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

export interface Told {
  readonly file: string;
  readonly text: string;
  readonly postmortem: Postmortem;
}

const told = (place: URL): readonly Told[] =>
  namesIn(place, '.md').map((file) => {
    const text = readFileSync(new URL(file, place), 'utf8');
    return { file, text, postmortem: fromMarkdown(text, { now }).postmortem };
  });

export const catalogue = (): readonly Entity[] =>
  namesIn(new URL('catalog/', folder), '.yaml').flatMap((name) =>
    parseAllDocuments(readFileSync(new URL(`catalog/${name}`, folder), 'utf8')).map((document) => Entity.parse(document.toJS())),
  );
export const sampleIncidents = () => told(samples);
export const shortIncidents = () => told(new URL('incidents/', folder));
export const textsOfPairs = () => told(new URL('repeats/', folder));
export const labels = () => z.array(Label).parse(json('labels.json'));
export type PairOfIncidents = z.infer<typeof Pair>;
export const pairs = () => z.array(Pair).parse(json('repeats.json'));
export const secondLabeller = () => z.strictObject({ incidents: z.array(id) }).parse(json('second-labeller.json')).incidents;
/** Judgements of the second labeller. */
export const secondLabels = () => z.strictObject({ by: sentence, labels: z.array(Judgement) }).parse(json('second-labels.json')).labels;
