import { findSeverity, type SeverityAliases } from '../classification-words.ts';
import { type Fact, trusts } from './fact.ts';

/** "This **sev-1** incident affected …", "was declared a P2 incident". */
const told =
  /(?<![\p{L}\p{N}])(?:this(?: was an?)?|(?:was|been) (?:declared|classified|rated|raised)(?: as)?(?: an?)?|we declared an?)\s{1,3}[*_{`]{0,3}((?:sev(?:erity)?[ -]?|p)\d)[*_}`]{0,3}\s{1,3}(?:incident|outage|event)(?!\p{L})/giu;
/** Characters. */
const longestLooked = 20_000;

/** The severity that the summary says of this incident, if it says one code and no other. */
export function toldSeverity(facts: readonly Fact[], aliases: SeverityAliases): Fact[] {
  const text = facts.find(({ field }) => field === 'summary')?.sent.value;
  if (typeof text !== 'string') return [];
  const codes = new Set([...text.slice(0, longestLooked).matchAll(told)].map(([, code = '']) => code.toLowerCase()));
  const [code, ...others] = codes;
  if (code === undefined || others.length > 0 || findSeverity(code, aliases) === undefined) return [];
  return [{ field: 'severity', sent: { value: code, as: 'text' }, place: 'the summary', trust: trusts.prose }];
}
