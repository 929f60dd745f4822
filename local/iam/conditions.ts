import { TemplateError } from '../template/template.ts';
import { type ConditionKey, type Context, multivalued, single } from './authorization-request.ts';
import { anyArn, anyPattern, type Fits } from './patterns.ts';

export type Holds = (context: Context) => boolean;

const lower = (text: string) => text.toLowerCase();
const equal = (wanted: readonly string[]): Fits => {
  const set = new Set(wanted);
  return (text) => set.has(text);
};
const ignoringCase = (wanted: readonly string[]): Fits => {
  const fits = equal(wanted.map(lower));
  return (text) => fits(lower(text));
};
const not =
  (fits: (wanted: readonly string[]) => Fits) =>
  (wanted: readonly string[]): Fits => {
    const isOne = fits(wanted);
    return (text) => !isOne(text);
  };

interface Comparison {
  readonly of: (wanted: readonly string[]) => Fits;
  /** The result if the call lacks the key. */
  readonly ofMissing: boolean;
}
const positive = (of: Comparison['of']): Comparison => ({ of, ofMissing: false });
const negative = (of: Comparison['of']): Comparison => ({ of: not(of), ofMissing: true });

/** In IAM, ArnEquals and ArnLike behave the same. */
const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['StringEquals', positive(equal)],
  ['StringNotEquals', negative(equal)],
  ['StringEqualsIgnoreCase', positive(ignoringCase)],
  ['StringNotEqualsIgnoreCase', negative(ignoringCase)],
  ['StringLike', positive(anyPattern)],
  ['StringNotLike', negative(anyPattern)],
  ['ArnEquals', positive(anyArn)],
  ['ArnLike', positive(anyArn)],
  ['ArnNotEquals', negative(anyArn)],
  ['ArnNotLike', negative(anyArn)],
  ['Bool', positive(ignoringCase)],
]);

const keys: ReadonlyMap<string, ConditionKey> = new Map([...multivalued, ...single].map((key) => [key, key]));
const isMultivalued = (key: ConditionKey) => multivalued.some((name) => name === key);

/**
 * Compiles one line of a statement's Condition. Throws TemplateError for an operator or a key that
 * it would have to guess.
 */
export function conditionOf(operator: string, name: string, wanted: readonly string[], at: string): Holds {
  const key = keys.get(lower(name));
  if (key === undefined)
    throw new TemplateError(`${at}: the local stack cannot tell ${name}: teach it in local/iam/authorization-request.ts`);
  const variable = wanted.find((value) => value.includes('${'));
  if (variable !== undefined) throw new TemplateError(`${at}: the local stack knows no policy variables, as in ${variable}`);
  if (operator === 'Null') return nullCheck(key, wanted, at);
  const [, quantity, comparing = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const comparison = comparisons.get(comparing);
  if (comparison === undefined)
    throw new TemplateError(`${at}: the local stack does not know the operator ${operator}: teach it in local/iam/conditions.ts`);
  if (quantity === undefined && isMultivalued(key))
    throw new TemplateError(`${at}: ${name} has several values: say ForAllValues or ForAnyValue`);
  const fits = comparison.of(wanted);
  const ofMissing = ifExists !== undefined || quantity === 'ForAllValues' || (quantity === undefined && comparison.ofMissing);
  return (context) => {
    const values = context[key] ?? [];
    if (values.length === 0) return ofMissing;
    return quantity === 'ForAnyValue' ? values.some(fits) : values.every(fits);
  };
}

/** `"true"`: the call has no such key. `"false"`: it has one. */
function nullCheck(key: ConditionKey, wanted: readonly string[], at: string): Holds {
  const [missing, ...more] = wanted.map(lower);
  if (more.length > 0 || (missing !== 'true' && missing !== 'false')) throw new TemplateError(`${at}: Null is "true" or "false"`);
  return (context) => ((context[key] ?? []).length === 0) === (missing === 'true');
}
