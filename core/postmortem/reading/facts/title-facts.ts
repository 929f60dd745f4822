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

/** A severity in brackets, before a colon or a dash at the beginning, or behind one at the end. */
function severityIn(title: string, { aliases }: ReadingContext): string | undefined {
  const bracketed = [...title.matchAll(/[[(]([^\][()]{2,20})[\])]/g)].map((match) => match[1] ?? '');
  const told = title.replace(kinds, '');
  const leading = /^([\p{L}]{1,8}[ -]?\d)\s*(?:[:|–—]|-\s)/u.exec(told)?.[1];
  const trailing = /(?:\s[–—|-]|,)\s{1,3}([\p{L}]{1,8}[ -]?\d)\s*$/u.exec(told)?.[1];
  return [...bracketed, ...[leading ?? [], trailing ?? []].flat()].find(
    (name) => /\p{L}/u.test(name) && findSeverity(name, aliases) !== undefined,
  );
}
/** What a document is called, before what it is about: "[Postmortem] …", "DRAFT: …". */
const kinds =
  /^(?:\s{0,3}(?:[[(][^\][()]{1,30}[\])]|(?:draft|wip|final|post-?mortem|rca|pir|incident(?: report| review)?|outage|(?:post-incident )?(?:review|report))(?!\p{L}))\s{0,3}[:|–—-]{0,2}\s{0,3}){1,3}/iu;
