import * as z from 'zod';
import { TemplateError } from '../template/template.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { conditionOf } from './conditions.ts';
import { anyArn, anyPattern, type Fits } from './patterns.ts';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1)]);
const values = z.union([texts, z.boolean().transform((truth) => [String(truth)])]);

const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).default({}),
});

/**
 * A policy attached to a role. Elements that are not listed here (such as Principal) are an error.
 */
export const PolicyDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([Statement.transform((one) => [one]), z.array(Statement)]),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** A statement, ready to be evaluated. */
export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly isAbout: (action: string) => boolean;
  readonly covers: (ask: AuthorizationRequest) => boolean;
}

/** Throws TemplateError for a statement that it would have to guess. `at` names its place. */
export function compile(statement: z.infer<typeof Statement>, at: string): CompiledStatement {
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
  // Actions are compared without regard to case, resources with it.
  const isAbout = eitherOr(Action, NotAction, (patterns) => anyPattern(patterns.map((action) => action.toLowerCase())), `${at}: Action`);
  const isOn = eitherOr(Resource, NotResource, anyArn, `${at}: Resource`);
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => conditionOf(operator, key, wanted, `${at}: ${operator}`)),
  );
  return {
    effect: Effect,
    isAbout: (action) => isAbout(action.toLowerCase()),
    covers: ({ resource, context = {} }) => isOn(resource) && conditions.every((holds) => holds(context)),
  };
}

function eitherOr(
  these: readonly string[] | undefined,
  allBut: readonly string[] | undefined,
  fitting: (patterns: readonly string[]) => Fits,
  at: string,
): Fits {
  const patterns = these ?? allBut;
  if (patterns === undefined || (these !== undefined && allBut !== undefined))
    throw new TemplateError(`${at} or its opposite, one of them`);
  if (patterns.some((pattern) => pattern.includes('${'))) throw new TemplateError(`${at}: the local stack knows no policy variables`);
  const fits = fitting(patterns);
  return these === undefined ? (text) => !fits(text) : fits;
}
