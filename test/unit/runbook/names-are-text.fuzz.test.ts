import * as fc from 'fast-check';
import type { Nodes } from 'mdast';
import { expect, it } from 'vitest';
import { Distribution } from '../../../core/distribution/distribution.ts';
import { parseMarkdown } from '../../../core/postmortem/parse-markdown.ts';
import { runbook } from '../../../core/runbook/runbook.ts';
import { tries } from '../../support/hostile/fuzz.ts';

/** A file in which each name that the runbook shows is one of these, in turn: 17 names. */
const fileOf = (names: readonly string[]): Distribution => {
  let next = 0;
  const name = () => names[next++ % names.length];
  // Products have services of teams, so that every file leaves out the same.
  const services = [name(), name()];
  return Distribution.parse({
    organisation: { name: name(), zone: 'Europe/Berlin', domains: ['example.com'] },
    senders: { internal: { name: 'Post', address: 'post@example.com' } },
    severities: { sev1: { label: name(), aliases: [name()] }, sev2: { label: name() } },
    streams: {
      'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, subscribe: [name(), name()], signUp: 'organisation' },
      'sev1-alerts': { severities: ['sev1', 'sev2'], subscribe: [name()], signUp: 'approval', owner: "o'hara_x+y@example.com" },
      'customer-impact': {
        severities: ['sev1'],
        schedule: { every: 'week', on: 'monday', at: '08:00' },
        contact: name(),
        subscribe: [name()],
      },
    },
    slack: { channels: [{ channel: '#a_b_c' }] },
    operators: { people: ['ada_@example.com'], roles: [name()] },
    authors: { roles: [name()] },
    products: [{ name: name(), services }],
    teams: [
      { name: name(), services, leads: ['__lead__@example.com'], channels: { slack: '#_t_' } },
      { name: name(), services: [name()] },
    ],
  });
};

const childrenOf = (node: Nodes): readonly Nodes[] => ('children' in node ? node.children : []);
/** The kinds of all nodes, without texts, which a name may split or put in code. */
const shapeOf = (node: Nodes): unknown => {
  const inside = childrenOf(node)
    .filter(({ type }) => type !== 'text' && type !== 'inlineCode')
    .map(shapeOf);
  return [node.type, node.type === 'link' ? node.url : '', inside];
};
const textsIn = (node: Nodes): string => ('value' in node ? node.value : childrenOf(node).map(textsIn).join(''));
const parts = [
  '`',
  '*',
  '_',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '#',
  '|',
  '~',
  '&amp;',
  '$',
  '@',
  ':',
  '!',
  '\\',
  '-',
  '+',
  '1.',
  '=',
  ' ',
  'a',
  'é',
];
const whole = [
  'www.example.org',
  'ada@example.org',
  '<b>',
  '![x](y)',
  '[x](#teams)',
  '</td>',
  '<!--',
  '\\|',
  '`|`',
  '# A',
  '- a',
  '---',
  '|---|',
];
const names = fc.array(
  fc
    .oneof(fc.constantFrom(...whole), fc.string({ unit: fc.constantFrom(...parts, ...whole), minLength: 1, maxLength: 8 }))
    .map((name) => name.trim().replace(/ +/g, ' '))
    .filter((name) => name.length > 0 && name.length <= 120),
  { minLength: 17, maxLength: 17 },
);

it('shows each name as it is written, and never as markup', () => {
  const harmless = shapeOf(parseMarkdown(runbook(fileOf(['Name']))));
  void fc.assert(
    fc.property(names, (hostile) => {
      const root = parseMarkdown(runbook(fileOf(hostile)));
      const text = textsIn(root);

      expect(shapeOf(root)).toEqual(harmless);
      for (const name of hostile) expect(text).toContain(name);
    }),
    { ...tries(0.1), endOnFailure: true },
  );
});
