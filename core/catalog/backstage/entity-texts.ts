import { cut } from '../../shared/text.ts';
import { isRecord } from './read-entities.ts';

/** One line without control characters. Undefined where nothing is left, or where it is no text. */
export function lineOf(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const line = String(value)
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    .trim();
  return cut(line, most).trim() || undefined;
}

/** A list of texts, or a single one. What is no text is left out. */
export const linesOf = (value: unknown, most: number): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => lineOf(one, most) ?? []);

const longestWord = 60;

/** Tools whose annotation on an entity says that it runs on them. */
const toolOfAnnotation: Readonly<Record<string, string>> = {
  'backstage.io/kubernetes-id': 'kubernetes',
  'backstage.io/kubernetes-label-selector': 'kubernetes',
  'backstage.io/kubernetes-namespace': 'kubernetes',
  'argocd/app-name': 'argo cd',
  'jenkins.io/job-full-name': 'jenkins',
};
/** `example.com/technologies: redis, postgres`. */
const namesTechnologies = /(?:^|\/)(?:tech(?:nolog(?:y|ies))?|stack|languages?|runtime|framework|databases?|datastore|platform)$/i;

/** Types that say what an entity is and nothing of what it is made of. */
const noTechnology = new Set(['service', 'website', 'library', 'resource', 'api', 'system', 'component', 'external', 'other', 'internal']);

/**
 * Words for the technologies of an entity, as they were written: tags, its type, annotations and
 * labels.
 */
export function techWords(metadata: Readonly<Record<string, unknown>>, type: string | undefined): string[] {
  const marks = [metadata.annotations, metadata.labels].flatMap((map) => (isRecord(map) ? Object.entries(map) : []));
  const words = [
    ...linesOf(metadata.tags, longestWord),
    ...(type === undefined || noTechnology.has(type.toLowerCase()) ? [] : [type]),
    ...marks.flatMap(([key]) => (Object.hasOwn(toolOfAnnotation, key) ? (toolOfAnnotation[key] ?? []) : [])),
    ...marks.flatMap(([key, value]) =>
      namesTechnologies.test(key) && typeof value === 'string' ? linesOf(value.split(/[,;]/), longestWord) : [],
    ),
  ];
  return [...new Set(words)];
}
