import { randomInt } from 'node:crypto';
import * as z from 'zod';
import type { GenerateSecret } from '../plan/secrets.ts';

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** A random text as Secrets Manager generates it, alone or under its key in the JSON template. */
export function generateSecret(rules: GenerateSecret): string {
  const without = (characters: string) => [...characters].filter((character) => !rules.ExcludeCharacters.includes(character)).join('');
  const kinds = [
    rules.ExcludeLowercase ? '' : without('abcdefghijklmnopqrstuvwxyz'),
    rules.ExcludeUppercase ? '' : without('ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
    rules.ExcludeNumbers ? '' : without('0123456789'),
    rules.ExcludePunctuation ? '' : without(punctuation),
    rules.IncludeSpace ? ' ' : '',
  ].filter((kind) => kind !== '');
  const password = shuffled(
    [
      ...(rules.RequireEachIncludedType ? kinds.map(oneOf) : []),
      ...Array.from({ length: rules.PasswordLength }, () => oneOf(kinds.join(''))),
    ].slice(0, rules.PasswordLength),
  );
  const { SecretStringTemplate: template, GenerateStringKey: key } = rules;
  if (template === undefined || key === undefined) return password;
  return JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(template)), [key]: password });
}

const oneOf = (characters: string) => characters.charAt(randomInt(characters.length));

function shuffled(characters: readonly string[]): string {
  const left = [...characters];
  let text = '';
  while (left.length > 0) text += left.splice(randomInt(left.length), 1).join('');
  return text;
}
