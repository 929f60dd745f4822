import { TemplateError } from './template.ts';

/** The values of names in the template. Undefined for an unknown name. */
export interface Scope {
  ref(name: string): unknown;
  attribute(resource: string, attribute: string): unknown;
  condition(name: string): boolean | undefined;
  mapping(map: string, first: string, second: string): unknown;
}

/** The value of `AWS::NoValue`: the property or list entry is left out. */
export const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope, at: string) => unknown;

const list = (value: unknown, at: string): unknown[] => {
  if (!Array.isArray(value)) throw new TemplateError(`${at}: a list is needed`);
  return value;
};
const text = (value: unknown, at: string): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${at}: a text is needed, not ${JSON.stringify(value)}`);
};

const ref: Intrinsic = (name, scope, at) => {
  const value = scope.ref(text(name, at));
  if (value === undefined) throw new TemplateError(`${at}: Ref of an unknown name, ${String(name)}`);
  return value;
};

const getAtt: Intrinsic = (argument, scope, at) => {
  const [resource = '', ...rest] = typeof argument === 'string' ? argument.split('.') : list(argument, at).map((part) => text(part, at));
  const value = scope.attribute(resource, rest.join('.'));
  if (value === undefined) throw new TemplateError(`${at}: Fn::GetAtt of an unknown attribute, ${resource}.${rest.join('.')}`);
  return value;
};

const join: Intrinsic = (argument, scope, at) => {
  const [separator, parts] = list(argument, at);
  const resolved = list(resolve(parts, scope, at), at);
  return resolved.map((part) => text(part, at)).join(text(separator, at));
};

const sub: Intrinsic = (argument, scope, at) => {
  const [pattern, given] = Array.isArray(argument) ? argument : [argument, {}];
  const variables = new Map(Object.entries(isRecord(given) ? given : {}));
  return text(pattern, at).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (variables.has(name)) return text(resolve(variables.get(name), scope, at), at);
    return text(name.includes('.') ? getAtt(name, scope, at) : ref(name, scope, at), at);
  });
};

const select: Intrinsic = (argument, scope, at) => {
  const [index, from] = list(argument, at);
  return list(resolve(from, scope, at), at)[Number(index)];
};

const split: Intrinsic = (argument, scope, at) => {
  const [separator, value] = list(argument, at);
  return text(resolve(value, scope, at), at).split(text(separator, at));
};

const condition = (name: unknown, scope: Scope, at: string): boolean => {
  const value = scope.condition(text(name, at));
  if (value === undefined) throw new TemplateError(`${at}: an unknown condition, ${String(name)}`);
  return value;
};

const findInMap: Intrinsic = (argument, scope, at) => {
  const [map, first, second] = list(resolve(argument, scope, at), at).map((part) => text(part, at));
  const value = scope.mapping(map ?? '', first ?? '', second ?? '');
  if (value === undefined) throw new TemplateError(`${at}: Fn::FindInMap finds nothing at ${map}.${first}.${second}`);
  return value;
};

const branch: Intrinsic = (argument, scope, at) => {
  const [name, then, otherwise] = list(argument, at);
  return resolve(condition(name, scope, at) ? then : otherwise, scope, at);
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const truths = (argument: unknown, scope: Scope, at: string) => list(resolve(argument, scope, at), at).map((value) => value === true);

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: ref,
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': branch,
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (argument, scope, at) => Buffer.from(text(resolve(argument, scope, at), at)).toString('base64'),
  'Fn::Equals': (argument, scope, at) => {
    const [left, right] = list(resolve(argument, scope, at), at);
    return same(left, right);
  },
  'Fn::And': (argument, scope, at) => truths(argument, scope, at).every(Boolean),
  'Fn::Or': (argument, scope, at) => truths(argument, scope, at).some(Boolean),
  'Fn::Not': (argument, scope, at) => !truths(argument, scope, at)[0],
  Condition: (name, scope, at) => condition(name, scope, at),
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const intrinsicOf = (value: Record<string, unknown>): [string, unknown] | undefined => {
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [name, argument] = entry;
  // A policy statement also has a key `Condition`, with an object as its value.
  const isOne = name === 'Ref' || name.startsWith('Fn::') || (name === 'Condition' && typeof argument === 'string');
  return isOne ? entry : undefined;
};

/**
 * The value with every intrinsic function resolved. `at` names the place for errors. Throws
 * TemplateError for an unknown function.
 */
export function resolve(value: unknown, scope: Scope, at: string): unknown {
  if (Array.isArray(value)) return value.map((entry, n) => resolve(entry, scope, `${at}.${n}`)).filter((entry) => entry !== noValue);
  if (!isRecord(value)) return value;
  const found = intrinsicOf(value);
  if (found === undefined) return resolveEach(value, scope, at);
  const [name, argument] = found;
  const intrinsic = intrinsics[name];
  if (intrinsic === undefined) throw new TemplateError(`${at}: ${name} cannot be resolved on a laptop`);
  return intrinsic(argument, scope, at);
}

const resolveEach = (value: Record<string, unknown>, scope: Scope, at: string) =>
  Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]): [string, unknown] => [key, resolve(entry, scope, `${at}.${key}`)])
      .filter(([, entry]) => entry !== noValue),
  );
