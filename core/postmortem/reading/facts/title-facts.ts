import { findSeverity } from '../classification-words.ts';
import { dayOfTitle } from '../moments/find-moments.ts';
import { type Fact, type ReadingContext, trusts } from './fact.ts';

const longest = 300;

/**
 * What a title says besides its words: "INC-7: …", "[SEV1] …", "2026-11-17 …", "… (17 November
 * 2026)".
 */
export function factsOfTitle(title: string, context: ReadingContext): Fact[] {
  if (title.length > longest) return [];
  const fact = (field: string, value: string): Fact[] => [{ field, sent: { value, as: 'title' }, place: 'the title', trust: trusts.title }];
  const date = dayOfTitle(title, context)?.text;
  const id = /^\W{0,3}((?:INC|INCIDENT|PM|PIR|IR|IM|RCA)[-_ #]?\d{1,10})\b/i.exec(title)?.[1];
  const severity = severityIn(title, context);
  return [
    ...(date === undefined ? [] : fact('startedAt', date)),
    ...(id === undefined ? [] : fact('incidentId', id.replace(/[_ #]/g, '-'))),
    ...(severity === undefined ? [] : fact('severity', severity)),
  ];
}

/** A severity in brackets, or before a colon or a dash at the beginning. */
function severityIn(title: string, { aliases }: ReadingContext): string | undefined {
  const bracketed = [...title.matchAll(/[[(]([^\][()]{2,20})[\])]/g)].map((match) => match[1] ?? '');
  const leading = /^([\p{L}]{1,8}[ -]?\d)\s*(?:[:|–—]|-\s)/u.exec(title)?.[1];
  return [...bracketed, ...(leading === undefined ? [] : [leading])].find(
    (name) => /\p{L}/u.test(name) && findSeverity(name, aliases) !== undefined,
  );
}
