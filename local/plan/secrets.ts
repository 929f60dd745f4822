import * as z from 'zod';
import type { ResolvedResource } from '../template/load.ts';
import { count, read } from './read.ts';

const Generate = z.strictObject({
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
  PasswordLength: count.default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
});
/**
 * How CloudFormation generates a secret: a random text, alone or under a key of a JSON template.
 */
export type GenerateSecret = z.infer<typeof Generate>;

export interface SecretPlan {
  readonly name: string;
  readonly arn: string;
  readonly content: { readonly text: string } | { readonly generate: GenerateSecret };
}

const Properties = z.object({ SecretString: z.string().optional(), GenerateSecretString: Generate.optional() });

export function secretOf(resource: ResolvedResource): SecretPlan {
  const { SecretString, GenerateSecretString } = read(resource, Properties);
  const content = SecretString === undefined ? { generate: GenerateSecretString ?? Generate.parse({}) } : { text: SecretString };
  return { name: resource.name, arn: resource.identity.ref, content };
}

/** `arn:…:secret:<name>-<six characters>`. */
export const nameOfSecret = (arn: string): string => arn.replace(/^.*:secret:/, '').replace(/-[^-]{6}$/, '');
